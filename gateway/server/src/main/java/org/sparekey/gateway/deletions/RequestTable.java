// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The signed requests that were answered, by digest. Only added. */
final class RequestTable {

    private final JdbcClient jdbc;

    RequestTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(SignedDocument document, DeletionId id, PartyId requester, Instant now) {
        jdbc.sql("""
                INSERT INTO deletions_request (digest, deletion_id, requester, document, received_at)
                VALUES (:digest, :id, :requester, :document, :now) ON CONFLICT (digest) DO NOTHING
                """)
                .param("digest", document.digest().array())
                .param("id", id.code())
                .param("requester", requester.value())
                .param("document", document.compact())
                .param("now", Timestamp.from(now))
                .update();
    }

    Optional<DeletionId> find(Digest digest, PartyId requester) {
        return jdbc.sql("SELECT deletion_id FROM deletions_request WHERE digest = :digest AND requester = :requester")
                .param("digest", digest.array())
                .param("requester", requester.value())
                .query((row, n) -> new DeletionId(row.getString("deletion_id")))
                .optional();
    }
}
