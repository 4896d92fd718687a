// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sparekey.gateway.auditlog.witness.LogPolicy;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.SignedNote;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The published checkpoints as far as they count. The row says what was published; the signatures under it say whether it
 * satisfies the policy that is configured now, whoever wrote the row and under whatever policy.
 */
final class Published {

    private final JdbcClient app;
    private final Map<LogName, LogPolicy> policies;
    private final Map<String, Judged> judged = new ConcurrentHashMap<>();

    Published(JdbcClient app, Map<LogName, LogPolicy> policies) {
        this.app = app;
        this.policies = Map.copyOf(policies);
    }

    /** @param size leaves of its tree */
    record Head(long size, SignedNote note) {}

    /** A note and what came of it: the same bytes are not verified twice. */
    private record Judged(byte[] note, Optional<Head> head) {}

    /** Empty while nothing is published, or what is published does not satisfy the policy. */
    Optional<Head> head(String origin) {
        return app.sql("""
                        SELECT l.name, p.note FROM auditlog_publication p JOIN auditlog_log l ON l.origin = p.origin
                        WHERE p.origin = :origin AND p.note IS NOT NULL
                        """)
                .param("origin", origin)
                .query((row, n) -> judged(origin, row.getString("name"), row.getBytes("note")))
                .optional()
                .flatMap(head -> head);
    }

    private Optional<Head> judged(String origin, String name, byte[] note) {
        Judged known = judged.get(origin);
        if (known == null || !Arrays.equals(known.note(), note)) {
            known = new Judged(note, judge(origin, name, note));
            judged.put(origin, known);
        }
        return known.head();
    }

    private Optional<Head> judge(String origin, String name, byte[] bytes) {
        try {
            SignedNote note = SignedNote.parse(bytes);
            Checkpoint tree = Checkpoint.parse(note.text());
            LogPolicy policy = policies.getOrDefault(LogName.of(name), LogPolicy.NONE);
            boolean counts = tree.origin().equals(origin) && policy.satisfiedBy(note);
            return counts ? Optional.of(new Head(tree.size(), note)) : Optional.empty();
        } catch (MalformedException e) {
            throw new IllegalStateException("the published checkpoint of " + origin, e);
        }
    }
}
