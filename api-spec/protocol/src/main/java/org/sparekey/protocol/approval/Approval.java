// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Domain;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;

/**
 * An officer's signed decision: the exact statement bytes and the proof over them.
 *
 * @param statement JCS bytes of an {@link ApprovalStatement}
 */
public record Approval(Bytes statement, Proof proof) {

    private static final String JWS_TYPE = "approval";

    public static Approval sign(ApprovalStatement statement, SigningKey key) {
        byte[] bytes = Wire.write(statement);
        String[] parts = SignedDocument.sign(JWS_TYPE, signed(bytes), key, statement.time())
                .compact()
                .split("\\.");
        Proof proof = new Proof(
                Proof.JWS,
                Optional.of(parts[0]),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Bytes.parse(parts[2]));
        return new Approval(Bytes.of(bytes), proof);
    }

    /** Reads an approval's JSON; trusts nothing yet. */
    public static Approval parse(byte[] json) throws MalformedException {
        Approval approval = Wire.read(json, Approval.class);
        if (!Arrays.equals(Wire.write(approval.read()), approval.statement.array())) {
            throw new MalformedException("/statement", "the statement is not canonical JSON");
        }
        return approval;
    }

    public ApprovalStatement read() throws MalformedException {
        return Wire.read(statement.array(), ApprovalStatement.class);
    }

    /** The detached JWS put together again, for its leaf and its signature; only for proofs of type jws. */
    public SignedDocument jws() throws MalformedException {
        if (!proof.type().equals(Proof.JWS)) {
            throw new MalformedException("/proof/type", "only proofs of type jws are accepted");
        }
        String protectedHeader = proof.protectedHeader().orElseThrow();
        String payload = Bytes.of(signed(statement.array())).base64url();
        SignedDocument jws = SignedDocument.parse(
                protectedHeader + "." + payload + "." + proof.signature().base64url());
        if (!jws.type().equals(JWS_TYPE)) {
            throw new MalformedException("/proof/protected", "not the header of an approval");
        }
        return jws;
    }

    /** Whether the proof holds under the officer's enrolled key. */
    public boolean verifiedBy(PublicKey key) throws MalformedException {
        return jws().verifiedBy(key);
    }

    /** SHA-256 over the JCS bytes of statement and proof: the name of this very approval. */
    public Digest digest() {
        return Digest.sha256(Wire.write(this));
    }

    private static byte[] signed(byte[] statement) {
        byte[] prefix = Domain.APPROVAL.prefix();
        byte[] signed = Arrays.copyOf(prefix, prefix.length + statement.length);
        System.arraycopy(statement, 0, signed, prefix.length, statement.length);
        return signed;
    }
}
