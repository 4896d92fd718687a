// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.json.Digest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Enrolments under way; a row is changed under its lock only. */
final class EnrolmentTable {

    private static final String COLUMNS = """
        enrolment, kind, party, person, role, facts, code_digest, tries, state, expires_at, claim, claim_digest,
        awaited_leaf, in_force_at, old_until
        """;

    private final JdbcClient jdbc;

    EnrolmentTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the code of the enrolment is taken. */
    boolean insert(EnrolmentRow row, Instant now) {
        return jdbc.sql("""
            INSERT INTO parties_enrolment
                (enrolment, kind, party, person, role, facts, code_digest, state, created_at, expires_at, claim,
                 claim_digest)
            VALUES (:enrolment, :kind, :party, :person, :role, :facts, :code, :state, :now, :expires, :claim,
                 :claimDigest)
            ON CONFLICT DO NOTHING
            """)
                        .param("enrolment", row.enrolment())
                        .param("kind", row.kind().name())
                        .param("party", row.party().value())
                        .param("person", row.person())
                        .param("role", row.role().name())
                        .param("facts", row.facts().orElse(null))
                        .param("code", row.codeDigest().map(Digest::array).orElse(null))
                        .param("state", row.state().word())
                        .param("now", Timestamp.from(now))
                        .param("expires", Timestamp.from(row.expiresAt()))
                        .param("claim", row.claim().orElse(null))
                        .param(
                                "claimDigest",
                                row.claimDigest().map(Digest::array).orElse(null))
                        .update()
                == 1;
    }

    Optional<EnrolmentRow> find(String enrolment) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM parties_enrolment WHERE enrolment = :enrolment")
                .param("enrolment", enrolment)
                .query(EnrolmentTable::row)
                .optional();
    }

    Optional<EnrolmentRow> lock(String enrolment) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM parties_enrolment WHERE enrolment = :enrolment FOR UPDATE")
                .param("enrolment", enrolment)
                .query(EnrolmentTable::row)
                .optional();
    }

    /** Newest first. */
    List<EnrolmentRow> newest(int atMost) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM parties_enrolment ORDER BY created_at DESC LIMIT :most")
                .param("most", atMost)
                .query(EnrolmentTable::row)
                .list();
    }

    /** Rotations of a holder's that wait for the officers, locked. */
    List<EnrolmentRow> lockRotations(PartyId party, String person) {
        return jdbc.sql("SELECT " + COLUMNS + """
            FROM parties_enrolment
            WHERE kind = 'ROTATION' AND state = 'claimed' AND party = :party AND person = :person
            ORDER BY enrolment FOR UPDATE
            """)
                .param("party", party.value())
                .param("person", person)
                .query(EnrolmentTable::row)
                .list();
    }

    /** What time or the log may move on. */
    List<EnrolmentRow> due(Instant now, int atMost) {
        return jdbc.sql("SELECT " + COLUMNS + """
            FROM parties_enrolment
            WHERE state = 'signed' OR (state = 'waiting' AND in_force_at <= :now)
               OR (state IN ('invited', 'claimed') AND expires_at <= :now) OR old_until <= :now
            ORDER BY created_at LIMIT :most
            """)
                .param("now", Timestamp.from(now))
                .param("most", atMost)
                .query(EnrolmentTable::row)
                .list();
    }

    void tried(String enrolment, int tries) {
        jdbc.sql("UPDATE parties_enrolment SET tries = :tries WHERE enrolment = :enrolment")
                .param("tries", tries)
                .param("enrolment", enrolment)
                .update();
    }

    void claimed(String enrolment, byte[] claim, Digest digest, Instant expires) {
        jdbc.sql("""
            UPDATE parties_enrolment
            SET state = 'claimed', claim = :claim, claim_digest = :digest, expires_at = :expires
            WHERE enrolment = :enrolment
            """)
                .param("claim", claim)
                .param("digest", digest.array())
                .param("expires", Timestamp.from(expires))
                .param("enrolment", enrolment)
                .update();
    }

    void move(String enrolment, EnrolmentState state) {
        jdbc.sql("UPDATE parties_enrolment SET state = :state WHERE enrolment = :enrolment")
                .param("state", state.word())
                .param("enrolment", enrolment)
                .update();
    }

    void signed(String enrolment, Digest leaf) {
        jdbc.sql("UPDATE parties_enrolment SET state = 'signed', awaited_leaf = :leaf WHERE enrolment = :enrolment")
                .param("leaf", leaf.array())
                .param("enrolment", enrolment)
                .update();
    }

    void inForce(String enrolment, EnrolmentState state, Instant at) {
        jdbc.sql("UPDATE parties_enrolment SET state = :state, in_force_at = :at WHERE enrolment = :enrolment")
                .param("state", state.word())
                .param("at", Timestamp.from(at))
                .param("enrolment", enrolment)
                .update();
    }

    /** @param until when the replaced keys end; absent when they have */
    void old(String enrolment, Optional<Instant> until) {
        jdbc.sql("UPDATE parties_enrolment SET old_until = :until WHERE enrolment = :enrolment")
                .param("until", until.map(Timestamp::from).orElse(null))
                .param("enrolment", enrolment)
                .update();
    }

    private static EnrolmentRow row(ResultSet row, int number) throws SQLException {
        return new EnrolmentRow(
                row.getString("enrolment"),
                EnrolmentRow.Kind.valueOf(row.getString("kind")),
                new PartyId(row.getString("party")),
                row.getString("person"),
                Role.valueOf(row.getString("role")),
                Optional.ofNullable(row.getBytes("facts")),
                digest(row.getBytes("code_digest")),
                row.getInt("tries"),
                EnrolmentState.of(row.getString("state")),
                row.getTimestamp("expires_at").toInstant(),
                Optional.ofNullable(row.getBytes("claim")),
                digest(row.getBytes("claim_digest")),
                digest(row.getBytes("awaited_leaf")),
                instant(row.getTimestamp("in_force_at")),
                instant(row.getTimestamp("old_until")));
    }

    private static Optional<Digest> digest(byte @Nullable [] bytes) {
        return Optional.ofNullable(bytes).map(Digest::of);
    }

    private static Optional<Instant> instant(@Nullable Timestamp at) {
        return Optional.ofNullable(at).map(Timestamp::toInstant);
    }
}
