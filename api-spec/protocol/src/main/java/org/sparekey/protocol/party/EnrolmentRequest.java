// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.key.SigningKey;

/**
 * A claim with its proofs: one compact JWS over the same bytes by each of the keys it names. Rotating, the old document
 * key signs too.
 *
 * @param code the one-time code as it was read out; absent in a rotation, and never stored
 */
public record EnrolmentRequest(int v, String type, Optional<String> code, List<String> proofs) {

    public static final String TYPE = "enrolment-request";
    public static final int VERSION = 1;
    public static final int MAX_BYTES = 128 << 10;

    private static final int MAX_PROOFS = KeyUse.values().length + 1;

    public EnrolmentRequest {
        proofs = List.copyOf(proofs);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an enrolment request of version 1");
        }
        if (proofs.isEmpty() || proofs.size() > MAX_PROOFS) {
            throw new IllegalArgumentException("one proof for each key");
        }
    }

    /**
     * @param claimed the keys of the claim
     * @param vouching the old key, in a rotation
     */
    public static EnrolmentRequest sign(
            Optional<EnrolmentCode> code,
            EnrolmentClaim claim,
            List<SigningKey> claimed,
            Optional<SigningKey> vouching,
            Instant at) {
        List<SigningKey> all = new ArrayList<>(claimed);
        vouching.ifPresent(all::add);
        List<String> proofs = all.stream()
                .map(key -> SignedDocument.sign(EnrolmentClaim.TYPE, Wire.write(claim), key, at)
                        .compact())
                .toList();
        return new EnrolmentRequest(VERSION, TYPE, code.map(EnrolmentCode::reveal), proofs);
    }

    /**
     * What was proven: every key of the claim signed it, and nobody else did but at most one.
     *
     * @param claimDigest SHA-256 of the bytes they signed
     * @param vouching key id of the one signer whose key is not claimed
     */
    public record Proven(EnrolmentClaim claim, Digest claimDigest, Optional<Digest> vouching) {}

    /** @throws MalformedException when a proof is of no form, does not hold, or a key has not signed */
    public Proven proven() throws MalformedException {
        List<SignedDocument> signed = new ArrayList<>();
        for (String proof : proofs) {
            signed.add(SignedDocument.parse(proof));
        }
        byte[] bytes = signed.get(0).payload();
        EnrolmentClaim claim = signed.get(0).read(EnrolmentClaim.TYPE, EnrolmentClaim.class);
        Set<Digest> missing = new HashSet<>(
                claim.keys().stream().map(EnrolmentClaim.Key::keyId).toList());
        List<Digest> others = new ArrayList<>();
        for (SignedDocument proof : signed) {
            boolean holds = proof.type().equals(EnrolmentClaim.TYPE)
                    && Arrays.equals(proof.payload(), bytes)
                    && proof.verifiedBy(proof.leaf().getPublicKey());
            if (!holds) {
                throw new MalformedException("/proofs", "a proof does not hold");
            }
            Digest signer = KeyId.of(proof.leaf().getPublicKey());
            if (!missing.remove(signer)) {
                others.add(signer);
            }
        }
        if (!missing.isEmpty() || others.size() > 1) {
            throw new MalformedException("/proofs", "each claimed key signs, once");
        }
        return new Proven(claim, Digest.sha256(bytes), others.stream().findFirst());
    }

    /** The same without the secret: what is stored and logged. */
    public EnrolmentRequest withoutCode() {
        return new EnrolmentRequest(v, type, Optional.empty(), proofs);
    }

    @Override
    public String toString() {
        return "EnrolmentRequest[" + proofs.size() + " proofs]";
    }
}
