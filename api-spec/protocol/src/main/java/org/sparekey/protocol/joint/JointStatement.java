// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.approval.Proof;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Domain;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;

/**
 * One statement with the proofs of those who signed it, each a detached JWS as an approval's, over the domain string joint
 * and the exact statement bytes. The header's {@code typ} is the statement's own type, so that no proof serves twice.
 *
 * @param statement JCS bytes of an {@link OfficersStatement}
 */
public record JointStatement(Bytes statement, List<Proof> proofs) {

    /** A bound on what is read; exactly two count. */
    public static final int MAX_PROOFS = 3;

    public JointStatement {
        proofs = List.copyOf(proofs);
        if (proofs.size() > MAX_PROOFS) {
            throw new IllegalArgumentException("a joint statement has at most " + MAX_PROOFS + " proofs");
        }
    }

    /** Not signed by anybody yet. */
    public static JointStatement of(OfficersStatement statement) {
        return new JointStatement(Bytes.of(Wire.write(statement)), List.of());
    }

    /** With one more proof; the officer has read what he signs. */
    public JointStatement signedBy(SigningKey key, OfficersStatement read) {
        if (!Arrays.equals(Wire.write(read), statement.array())) {
            throw new IllegalArgumentException("another statement than the one that was read");
        }
        String[] parts = SignedDocument.sign(read.type(), signed(), key, read.time())
                .compact()
                .split("\\.");
        List<Proof> more = new ArrayList<>(proofs);
        more.add(new Proof(
                Proof.JWS,
                Optional.of(parts[0]),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Bytes.parse(parts[2])));
        return new JointStatement(statement, more);
    }

    /** Reads the JSON; trusts nothing yet. */
    public static JointStatement parse(byte[] json) throws MalformedException {
        return Wire.read(json, JointStatement.class);
    }

    /** The JCS bytes: what is sent, and what the log's entry commits to. */
    public byte[] bytes() {
        return Wire.write(this);
    }

    public Digest digest() {
        return Digest.sha256(bytes());
    }

    /** @throws MalformedException when the statement is no canonical JSON of this record */
    public <T extends OfficersStatement> T read(Class<T> type) throws MalformedException {
        T read = Wire.read(statement.array(), type);
        if (!Arrays.equals(Wire.write(read), statement.array())) {
            throw new MalformedException("/statement", "the statement is not canonical JSON");
        }
        return read;
    }

    /** The proofs put together again as signed documents of the given type. */
    public List<SignedDocument> signatures(String type) throws MalformedException {
        List<SignedDocument> signatures = new ArrayList<>();
        for (Proof proof : proofs) {
            if (!proof.type().equals(Proof.JWS)) {
                throw new MalformedException("/proofs", "only proofs of type jws are accepted");
            }
            SignedDocument signature = SignedDocument.parse(proof.protectedHeader()
                            .orElseThrow() + "." + Bytes.of(signed()).base64url() + "."
                    + proof.signature().base64url());
            if (!signature.type().equals(type)) {
                throw new MalformedException("/proofs", "a proof of another kind of statement");
            }
            signatures.add(signature);
        }
        return List.copyOf(signatures);
    }

    private byte[] signed() {
        byte[] prefix = Domain.JOINT.prefix();
        byte[] text = statement.array();
        byte[] signed = Arrays.copyOf(prefix, prefix.length + text.length);
        System.arraycopy(text, 0, signed, prefix.length, text.length);
        return signed;
    }
}
