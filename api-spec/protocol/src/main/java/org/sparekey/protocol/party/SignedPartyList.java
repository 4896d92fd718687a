// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.key.SigningKey;

/**
 * The party list with its three signatures: a JWS in general JSON serialization (RFC 7515 section 7.2.1) whose protected
 * headers are those of a {@link SignedDocument} and that has no unprotected ones. Immutable bytes: what was signed is what
 * is stored.
 */
public final class SignedPartyList {

    /** JWS typ of each of the three signatures. */
    public static final String TYP = PartyList.TYPE;

    private static final int SIGNATURES = PartyList.OFFICERS + 1;

    private final byte[] bytes;
    private final PartyList list;
    private final List<SignedDocument> signatures;

    private SignedPartyList(byte[] bytes, PartyList list, List<SignedDocument> signatures) {
        this.bytes = bytes;
        this.list = list;
        this.signatures = signatures;
    }

    /** Signs with each key in turn; {@link #signedByAllThree} tells whether these were the right ones. */
    public static SignedPartyList sign(PartyList list, Instant at, List<SigningKey> signers) {
        byte[] payload = Wire.write(list);
        List<Signature> signatures = new ArrayList<>();
        List<SignedDocument> documents = new ArrayList<>();
        for (SigningKey signer : signers) {
            SignedDocument document = SignedDocument.sign(TYP, payload, signer, at);
            String[] parts = document.compact().split("\\.");
            signatures.add(new Signature(parts[0], parts[2]));
            documents.add(document);
        }
        byte[] json = Wire.write(new General(Bytes.of(payload), signatures));
        return new SignedPartyList(json, list, List.copyOf(documents));
    }

    /**
     * Reads the JSON; trusts nothing.
     *
     * @throws MalformedException when JSON or payload is not canonical, or a part is not of its form
     */
    public static SignedPartyList parse(byte[] json) throws MalformedException {
        General general = Wire.read(json, General.class);
        if (!Arrays.equals(Wire.write(general), json)) {
            throw new MalformedException("", "the list is not canonical JSON");
        }
        List<SignedDocument> documents = new ArrayList<>();
        for (Signature signature : general.signatures()) {
            documents.add(SignedDocument.parse(
                    signature.protectedHeader() + "." + general.payload().base64url() + "." + signature.signature()));
        }
        if (documents.isEmpty()) {
            throw new MalformedException("/signatures", "the list is not signed");
        }
        PartyList list = documents.get(0).read(TYP, PartyList.class);
        return new SignedPartyList(json.clone(), list, List.copyOf(documents));
    }

    public PartyList list() {
        return list;
    }

    /** The exact bytes that were signed and sent: to store and to log. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** What the three read to each other before they sign and after it is loaded. */
    public Digest digest() {
        return Digest.sha256(bytes);
    }

    /**
     * Whether exactly the two officers and the supervisor that the list names have signed it, each once, with the document
     * key it enrols. The list vouches for itself here: that these three are who they say is seen by those present.
     */
    public boolean signedByAllThree() {
        Set<Digest> missing = new HashSet<>(Stream.concat(list.officers().stream(), Stream.of(list.supervisor()))
                .map(officer -> officer.documentKey().keyId())
                .toList());
        for (SignedDocument signature : signatures) {
            Digest signer = KeyId.of(signature.leaf().getPublicKey());
            boolean holds = signature.type().equals(TYP)
                    && signature.verifiedBy(signature.leaf().getPublicKey());
            if (!holds || !missing.remove(signer)) {
                return false;
            }
        }
        return missing.isEmpty() && signatures.size() == SIGNATURES;
    }

    private record General(Bytes payload, List<Signature> signatures) {
        General {
            signatures = List.copyOf(signatures);
            if (signatures.size() > SIGNATURES) {
                throw new IllegalArgumentException("more signatures than signers");
            }
        }
    }

    private record Signature(@JsonProperty("protected") String protectedHeader, String signature) {}
}
