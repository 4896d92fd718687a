// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes a repeated POST harmless. The row is written in the business transaction: it exists exactly when the effect does,
 * so a crash leaves either both or neither.
 */
public class Idempotency {

    /** How long a duplicate waits for the request that came first before it gets 409. */
    public static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    /** PostgreSQL's SQLSTATE lock_not_available. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Idempotency(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Claims the key for this payload; first thing in the transaction that does the work.
     *
     * @param resource the opaque id the work will get
     * @throws ProblemException IDEMPOTENCY_KEY_REUSED for another payload, IN_PROGRESS when the first request still runs,
     *     and the problem of the earlier request where that was {@link #refused}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Claim claim(Caller caller, String key, Digest payload, String resource) {
        return insert(caller, key, payload, resource)
                ? new Claim.New()
                : earlier(caller, key, payload).orElseThrow();
    }

    /**
     * What an earlier request with this key came to, if there was one: for those who would have to work before they claim.
     *
     * @throws ProblemException as {@link #claim}
     */
    public Optional<Claim.Earlier> earlier(Caller caller, String key, Digest payload) {
        Optional<Row> row = row(caller, key);
        if (row.filter(found -> !found.payload().equals(payload)).isPresent()) {
            throw new ProblemException(
                    Problem.IDEMPOTENCY_KEY_REUSED, "the key belongs to an earlier request with another payload");
        }
        row.flatMap(Row::refusal).ifPresent(refusal -> {
            throw refusal;
        });
        return row.map(found -> new Claim.Earlier(found.resource()));
    }

    /**
     * Keeps a refusal as the answer to a key just claimed, in the transaction of the refusal's entry. A refusal that leaves
     * nothing behind (the state is another one now) rolls its claim back instead, and is judged anew when it comes again.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void refused(Caller caller, String key, ProblemException refusal) {
        jdbc.sql("""
                INSERT INTO parties_refused_claim (party, idempotency_key, problem, detail)
                VALUES (:party, :key, :problem, :detail)
                """)
                .param("party", caller.party().value())
                .param("key", key)
                .param("problem", refusal.problem().name())
                .param("detail", refusal.detail())
                .update();
    }

    /** A concurrent duplicate waits here on the unique key until the first commits (false) or rolls back (true). */
    private boolean insert(Caller caller, String key, Digest payload, String resource) {
        jdbc.sql("SELECT set_config('lock_timeout', :millis, true)")
                .param("millis", Long.toString(LOCK_TIMEOUT.toMillis()))
                .query(String.class)
                .single();
        try {
            return jdbc.sql("""
                    INSERT INTO parties_idempotency (party, idempotency_key, payload_digest, resource, claimed_at)
                    VALUES (:party, :key, :payload, :resource, :at)
                    ON CONFLICT (party, idempotency_key) DO NOTHING
                    """)
                            .param("party", caller.party().value())
                            .param("key", key)
                            .param("payload", payload.array())
                            .param("resource", resource)
                            .param("at", Timestamp.from(clock.instant()))
                            .update()
                    == 1;
        } catch (DataAccessException e) {
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException sql
                    && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                throw new ProblemException(Problem.IN_PROGRESS, "the first request with this key is not finished", e);
            }
            throw e;
        }
    }

    private Optional<Row> row(Caller caller, String key) {
        return jdbc.sql("""
                SELECT payload_digest, resource, problem, detail
                FROM parties_idempotency LEFT JOIN parties_refused_claim USING (party, idempotency_key)
                WHERE party = :party AND idempotency_key = :key
                """)
                .param("party", caller.party().value())
                .param("key", key)
                .query(Idempotency::row)
                .optional();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        String detail = row.getString("detail");
        return new Row(
                Digest.of(row.getBytes("payload_digest")),
                row.getString("resource"),
                Optional.ofNullable(row.getString("problem"))
                        .map(problem -> new ProblemException(Problem.valueOf(problem), detail)));
    }

    private record Row(Digest payload, String resource, Optional<ProblemException> refusal) {}
}
