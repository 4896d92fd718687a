// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
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
    private final LeftAttempts left;
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
            LeftAttempts left,
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
        this.left = left;
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
        Instant now = clock.instant();
        // A clock that was put forward and back again does not hold it up.
        if (now.isBefore(next) && !now.plus(keeping.look()).isBefore(next)) {
            return false;
        }
        next = now.plus(keeping.look());
        List<Standing> standing = table.standing();
        Set<OrderId> ended =
                orders.ended(standing.stream().map(one -> one.attempt().order()).collect(Collectors.toSet()));
        boolean any = left.step();
        for (List<Standing> copy : byFolder(standing)) {
            copy.forEach(one -> notice(one, ended));
            if (copy.stream().allMatch(this::due)) {
                if (!recorded(copy)) {
                    break; // The log stands: so does everything behind it.
                }
                any |= tried(copy);
            }
        }
        return any;
    }

    /** One that cannot go, a frozen order's for example, keeps no other. */
    private boolean tried(List<Standing> copy) {
        try {
            return copy.stream().anyMatch(one -> one.entered().isEmpty()) ? announced(copy) : destroyed(copy);
        } catch (RuntimeException e) {
            LOG.error("a copy that is due for destruction stands; it is tried again", e);
            return false;
        }
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

    private boolean recorded(List<Standing> copy) {
        return copy.stream()
                .flatMap(one -> one.entered().stream())
                .allMatch(leaf -> log.await(leaf, proofWait).isPresent());
    }

    private boolean announced(List<Standing> copy) {
        List<Standing> silent =
                copy.stream().filter(one -> one.entered().isEmpty()).toList();
        boolean done = enter(
                silent, EvidenceStatement.DESTRUCTION, (one, leaf) -> table.entered(one.attempt(), leaf), () -> {});
        failpoint.reached("evidence.destruction-entered");
        // The rows are read again: the files go when the entries are in a signed checkpoint.
        next = Instant.MIN;
        return done;
    }

    /** The files go before the commit: a crash in between removes them once more, and an entry that is refused removes none. */
    private boolean destroyed(List<Standing> copy) {
        return enter(
                copy,
                EvidenceStatement.DESTROYED,
                (one, _) -> table.destroyed(one.attempt(), clock.instant()),
                () -> remove(copy.getFirst().attempt()));
    }

    private void remove(Attempt attempt) {
        try {
            folders.destroy(attempt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        failpoint.reached("evidence.copy-destroyed");
    }

    private interface Mark {
        boolean on(Standing one, Digest leaf);
    }

    /** An entry in the case of each order that has the copy, and its mark, all or none. */
    private boolean enter(List<Standing> copy, EvidenceStatement statement, Mark mark, Runnable deed) {
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
            deed.run();
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
