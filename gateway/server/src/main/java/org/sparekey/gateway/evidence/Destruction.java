// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.evidence.DestructionDecisions.Ground;
import org.sparekey.gateway.evidence.DestructionTable.Standing;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sealed copies go when nobody has a use for them any more: entered, in a signed checkpoint, then destroyed with the key first,
 * and entered again. Two orders that share a copy must both be through with it. What a lost attempt left goes too.
 */
public final class Destruction {

    private static final Logger LOG = LoggerFactory.getLogger(Destruction.class);

    private final Orders orders;
    private final AuditLog log;
    private final AttemptTable attempts;
    private final DestructionTable table;
    private final EvidenceFolders folders;
    private final Keeping keeping;
    private final Duration proofWait;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Failpoint failpoint;
    private volatile Instant next = Instant.MIN;

    Destruction(
            Orders orders,
            AuditLog log,
            AttemptTable attempts,
            DestructionTable table,
            EvidenceFolders folders,
            Keeping keeping,
            Duration proofWait,
            TransactionTemplate transaction,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        this.orders = orders;
        this.log = log;
        this.attempts = attempts;
        this.table = table;
        this.folders = folders;
        this.keeping = keeping;
        this.proofWait = proofWait;
        this.transaction = transaction;
        this.clock = clock;
        this.random = random;
        this.failpoint = failpoint;
    }

    /** Looks at every copy that stands, when it is time to. @return whether one was destroyed */
    public boolean step() {
        if (clock.instant().isBefore(next)) {
            return false;
        }
        next = clock.instant().plus(keeping.look());
        List<Standing> standing = table.standing();
        Set<OrderId> ended =
                orders.ended(standing.stream().map(one -> one.attempt().order()).collect(Collectors.toSet()));
        boolean any = false;
        for (List<Standing> copy : byFolder(standing)) {
            copy.forEach(one -> notice(one, ended));
            any |= copy.stream().allMatch(this::due) && destroyed(copy);
        }
        return any;
    }

    private static Collection<List<Standing>> byFolder(List<Standing> standing) {
        return standing.stream()
                .collect(Collectors.groupingBy(one -> one.attempt().folder(), LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    /** From now on its time runs. A lost attempt's worker may still be writing until the attempt's own time is up. */
    private void notice(Standing one, Set<OrderId> ended) {
        Instant now = clock.instant();
        boolean unused = one.attempt().state() == Attempt.State.LOST
                ? !now.isBefore(one.attempt().expiresAt())
                : ended.contains(one.attempt().order());
        if (unused && one.unusedSince().isEmpty()) {
            table.unused(one.attempt(), now);
        }
    }

    private boolean due(Standing one) {
        return one.unusedSince()
                .filter(since -> DestructionDecisions.due(ground(one.attempt()), since, keeping, clock.instant()))
                .isPresent();
    }

    private Ground ground(Attempt attempt) {
        return DestructionDecisions.ground(attempt, file(attempt).state());
    }

    private OrderFile file(Attempt attempt) {
        return orders.file(attempt.order()).orElseThrow();
    }

    /** A crash at any line leaves what the next look goes on from: entered twice is refused, destroyed twice is the same. */
    private boolean destroyed(List<Standing> copy) {
        if (copy.stream().anyMatch(one -> one.entered().isEmpty())) {
            announce(copy);
            // Its leaf is read again from the row.
            next = Instant.MIN;
            return true;
        }
        for (Standing one : copy) {
            if (log.await(one.entered().orElseThrow(), proofWait).isEmpty()) {
                return false;
            }
        }
        try {
            folders.destroy(copy.getFirst().attempt());
        } catch (IOException e) {
            LOG.error("a copy that is due for destruction stands; it is tried again", e);
            return false;
        }
        failpoint.reached("evidence.copy-destroyed");
        return enter(copy, EvidenceStatement.DESTROYED, (one, _) -> table.destroyed(one.attempt(), clock.instant()));
    }

    private void announce(List<Standing> copy) {
        List<Standing> silent =
                copy.stream().filter(one -> one.entered().isEmpty()).toList();
        if (enter(silent, EvidenceStatement.DESTRUCTION, (one, leaf) -> table.entered(one.attempt(), leaf))) {
            failpoint.reached("evidence.destruction-entered");
        }
    }

    private interface Mark {
        boolean on(Standing one, Digest leaf);
    }

    /** An entry in the case of each order that has the copy, and its mark, all or none. */
    private boolean enter(List<Standing> copy, EvidenceStatement statement, Mark mark) {
        Boolean done = transaction.execute(status -> {
            for (Standing one : copy) {
                Ground ground = ground(one.attempt());
                Digest leaf = orders.record(
                        one.attempt().order(),
                        statement.type(),
                        Actor.GATEWAY,
                        Map.of(
                                "attempt", Integer.toString(one.attempt().number()),
                                "ground", ground.name()),
                        record(one, statement, ground));
                if (!mark.on(one, leaf)) {
                    status.setRollbackOnly();
                    return false;
                }
            }
            failpoint.reached(statement.type());
            return true;
        });
        return Boolean.TRUE.equals(done);
    }

    private byte[] record(Standing one, EvidenceStatement statement, Ground ground) {
        byte[] salt = new byte[Manifest.SALT_BYTES];
        random.nextBytes(salt);
        return Wire.write(new DestructionRecord(
                DestructionRecord.VERSION,
                statement.type(),
                file(one.attempt()).documentId(),
                one.attempt().number(),
                ground,
                one.unusedSince().orElseThrow(),
                one.attempt().manifest().map(SignedDocument::digest),
                attempts.files(one.attempt()),
                Bytes.of(salt)));
    }
}
