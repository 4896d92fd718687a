// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.KeyAlgorithm;
import org.sparekey.protocol.structured.Item;
import org.sparekey.protocol.structured.Parameters;

/** The rules that requests and responses share. */
final class SignatureCheck {

    private SignatureCheck() {}

    /** Exactly one signature carries our tag; others, of intermediaries, are passed over. */
    static MessageSignature only(Fields headers, String tag) throws FaultException {
        List<MessageSignature> ours;
        try {
            ours = MessageSignature.all(headers).stream()
                    .filter(signature ->
                            signature.covered().parameters().text("tag").equals(Optional.of(tag)))
                    .toList();
        } catch (MalformedException e) {
            throw new FaultException(SignatureFault.MALFORMED);
        }
        FaultException.unless(!ours.isEmpty(), SignatureFault.MISSING);
        FaultException.unless(ours.size() == 1, SignatureFault.AMBIGUOUS);
        return ours.get(0);
    }

    static void parameters(Parameters parameters, Set<String> known) throws FaultException {
        FaultException.unless(known.containsAll(parameters.values().keySet()), SignatureFault.PARAMETER_NOT_ALLOWED);
    }

    static <T> T present(Optional<T> parameter) throws FaultException {
        return parameter.orElseThrow(() -> new FaultException(SignatureFault.PARAMETER_MISSING));
    }

    /** Covers all that it must, nothing that it may not. */
    static void covers(List<Item> covered, Collection<Item> required, Collection<Item> allowed) throws FaultException {
        FaultException.unless(covered.containsAll(required), SignatureFault.COMPONENT_MISSING);
        FaultException.unless(allowed.containsAll(covered), SignatureFault.COMPONENT_NOT_ALLOWED);
    }

    /** A field in two lines reads differently to two readers: what is covered is sent once. */
    static void once(Fields headers, Collection<String> names) throws FaultException {
        for (String name : names) {
            FaultException.unless(headers.lines(name).size() <= 1, SignatureFault.FIELD_REPEATED);
        }
    }

    static Digest keyId(Parameters parameters) throws FaultException {
        try {
            return Digest.parse(present(parameters.text("keyid")));
        } catch (IllegalArgumentException e) {
            throw new FaultException(SignatureFault.KEY_UNKNOWN);
        }
    }

    /** The algorithm is that of the key; a message that names another is refused (RFC 9421 section 3.2). */
    static void verify(MessageSignature signature, Message message, Function<Digest, Optional<PublicKey>> keys)
            throws FaultException {
        Parameters parameters = signature.covered().parameters();
        PublicKey key = keys.apply(keyId(parameters)).orElseThrow(() -> new FaultException(SignatureFault.KEY_UNKNOWN));
        KeyAlgorithm algorithm = KeyAlgorithm.of(key);
        boolean agrees =
                parameters.get("alg").isEmpty() || parameters.text("alg").equals(Optional.of(algorithm.http()));
        FaultException.unless(agrees, SignatureFault.ALGORITHM_MISMATCH);
        FaultException.unless(
                algorithm.verifiesHttp(
                        key, base(signature, message), signature.signature().array()),
                SignatureFault.INVALID);
    }

    private static byte[] base(MessageSignature signature, Message message) throws FaultException {
        try {
            return SignatureBase.of(signature.covered(), message);
        } catch (MalformedException e) {
            throw new FaultException(SignatureFault.MALFORMED);
        }
    }

    /** The content digest, when sent, is that of the content; content without one is refused. */
    static void content(Fields headers, MeasuredBody body) throws FaultException {
        FaultException.unless(!headers.has("content-encoding"), SignatureFault.CONTENT_ENCODED);
        Optional<String> field = headers.value(ContentDigest.FIELD);
        if (field.isEmpty()) {
            FaultException.unless(body.isEmpty(), SignatureFault.DIGEST_MISSING);
            return;
        }
        try {
            FaultException.unless(ContentDigest.parse(field.get()).matches(body), SignatureFault.DIGEST_MISMATCH);
        } catch (MalformedException e) {
            throw new FaultException(SignatureFault.DIGEST_MALFORMED);
        }
    }
}
