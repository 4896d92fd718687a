// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;

/**
 * The order as its issuer signed it. The facts of the case and the suspicion are not fields: the law keeps them from the
 * provider.
 *
 * @param id UUIDv7 chosen by the issuer
 * @param caseRef opaque to the hoster
 * @param deliverTo an enrolled case team of the issuing authority
 * @param salt 32 random bytes, so that nobody can guess the text from a digest
 */
public record OrderDocument(
        int v,
        String type,
        UUID id,
        OrderKind kind,
        Addressee addressee,
        LegalBasis legalBasis,
        Issuer issuer,
        Optional<ValidatorReference> validator,
        String caseRef,
        Target target,
        Scope scope,
        Urgency urgency,
        Instant deadline,
        Secrecy secrecy,
        String deliverTo,
        Optional<UUID> parentOrder,
        List<DocumentReference> documents,
        Bytes salt) {

    public static final String TYPE = "order";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;
    public static final int MAX_DOCUMENTS = 10;
    public static final int MAX_CASE_REF_CHARS = 128;

    public OrderDocument {
        documents = List.copyOf(documents);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an order of version 1");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
        if (documents.size() > MAX_DOCUMENTS) {
            throw new IllegalArgumentException("at most 10 documents");
        }
        if (caseRef.isBlank() || caseRef.length() > MAX_CASE_REF_CHARS) {
            throw new IllegalArgumentException("a case reference has 1 to 128 characters");
        }
    }
}
