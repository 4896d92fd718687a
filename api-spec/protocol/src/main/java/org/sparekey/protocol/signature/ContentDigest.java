// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.structured.BareItem;
import org.sparekey.protocol.structured.Dictionary;
import org.sparekey.protocol.structured.Item;
import org.sparekey.protocol.structured.Member;

/**
 * A Content-Digest or Repr-Digest field (RFC 9530). We write sha-256 and accept sha-512 too; other algorithms of the
 * field are passed over, but one of the two must be there, and each of the two that is there must match.
 */
public record ContentDigest(Optional<Bytes> sha256, Optional<Bytes> sha512) {

    public static final String FIELD = "content-digest";
    public static final String REPRESENTATION_FIELD = "repr-digest";

    private static final String SHA256 = "sha-256";
    private static final String SHA512 = "sha-512";

    public ContentDigest {
        if (sha256.isEmpty() && sha512.isEmpty()) {
            throw new IllegalArgumentException("a digest is sha-256 or sha-512");
        }
    }

    public static ContentDigest of(byte[] content) {
        return of(Digest.sha256(content));
    }

    public static ContentDigest of(Digest sha256) {
        return new ContentDigest(Optional.of(Bytes.of(sha256.array())), Optional.empty());
    }

    /** @throws MalformedException when the field does not parse or holds neither sha-256 nor sha-512 */
    public static ContentDigest parse(String field) throws MalformedException {
        Dictionary dictionary = Dictionary.parse(field);
        Optional<Bytes> sha256 = member(dictionary, SHA256);
        Optional<Bytes> sha512 = member(dictionary, SHA512);
        if (sha256.isEmpty() && sha512.isEmpty()) {
            throw new MalformedException(FIELD, "a digest is sha-256 or sha-512");
        }
        return new ContentDigest(sha256, sha512);
    }

    private static Optional<Bytes> member(Dictionary dictionary, String algorithm) throws MalformedException {
        Optional<Member> member = dictionary.get(algorithm);
        if (member.isEmpty()) {
            return Optional.empty();
        }
        if (member.get() instanceof Item item && item.value() instanceof BareItem.Binary binary) {
            return Optional.of(binary.value());
        }
        throw new MalformedException(FIELD, "a digest is a byte sequence");
    }

    public String write() {
        Map<String, Member> members = new LinkedHashMap<>();
        sha256.ifPresent(bytes -> members.put(SHA256, Item.of(new BareItem.Binary(bytes))));
        sha512.ifPresent(bytes -> members.put(SHA512, Item.of(new BareItem.Binary(bytes))));
        return new Dictionary(members).write();
    }

    /** True when every digest named here is that of the content. */
    public boolean matches(MeasuredBody body) {
        return sha256.map(digest -> digest.equals(body.sha256())).orElse(true)
                && sha512.map(digest -> digest.equals(body.sha512())).orElse(true);
    }
}
