// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.CaseEnd;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.orders.FrozenTable.Why;
import org.sparekey.protocol.json.Digest;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stops an order whose row and log say different things, and says so in its case, behind whatever the log has of it. First
 * it is stopped, then that is entered: a crash in between, or a log that takes no entries, leaves a stopped order of which
 * {@link #step} enters it later.
 */
final class Freezing {

    private static final Logger LOG = LoggerFactory.getLogger(Freezing.class);

    private final OrderTable orders;
    private final FrozenTable frozen;
    private final OrderCases cases;
    private final Recall recall;
    private final AuditLog log;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    /** Under which origin it ran at the last look; none while it stood. */
    private volatile Optional<String> ran = Optional.empty();

    Freezing(
            OrderTable orders,
            FrozenTable frozen,
            OrderCases cases,
            Recall recall,
            AuditLog log,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.orders = orders;
        this.frozen = frozen;
        this.cases = cases;
        this.recall = recall;
        this.log = log;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * At start: what was taken away is taken away again; every open row that is not level with its log is frozen, and every
     * frozen one behind which the log went on.
     */
    void level() {
        ran = log.stopped().isPresent() ? Optional.empty() : Optional.of(log.origin(LogName.CASE));
        recall.level();
        orders.open().forEach(row -> level(row.id()));
        frozen.entered().forEach(this::level);
    }

    /**
     * What was frozen while the log took no entries, and what died before it was entered; and all that is open once more
     * where the log stood still meanwhile, or went on under another origin.
     */
    void step(int atMost) {
        Optional<String> runs = log.stopped().isPresent() ? Optional.empty() : Optional.of(log.origin(LogName.CASE));
        boolean again = runs.isPresent() && !runs.equals(ran);
        ran = runs;
        if (again) {
            level();
        }
        for (OrderId id : frozen.unentered(atMost)) {
            if (log.stopped().isEmpty()) {
                Attempts.done("entering that " + id + " is frozen", () -> enter(id));
            }
        }
    }

    /** Its documents no longer prove it: an officer's look and another's are needed, not another try. */
    void notProven(OrderId id) {
        transaction.executeWithoutResult(_ -> orders.lock(id)
                .filter(row -> !row.standing().frozen())
                .ifPresent(row -> stop(row, Why.NOT_PROVEN_AGAIN)));
        enterNow(id);
    }

    /** Another replica may be at work: under the row's lock row and log are of one moment. */
    private void level(OrderId id) {
        Optional<Why> stopped = Objects.requireNonNull(transaction.execute(
                _ -> orders.lock(id).filter(row -> !unentered(id)).flatMap(this::behind)));
        stopped.ifPresent(why -> {
            LOG.error("order {} is not level with its log and is frozen: {}", id, why);
            enterNow(id);
        });
    }

    /** Stopped already, by whoever started at the same time or died behind it. */
    private boolean unentered(OrderId id) {
        return frozen.find(id).filter(each -> each.entry().isEmpty()).isPresent();
    }

    private Optional<Why> behind(OrderRow row) {
        Optional<CaseEnd> end = log.end(row.id().code());
        boolean level = end.filter(last -> last.caseSeq() == row.chain().caseSeq()
                        && last.leafHash().equals(row.chain().lastLeaf()))
                .isPresent();
        if (level) {
            return Optional.empty();
        }
        Why why = end.filter(last -> last.caseSeq() > row.chain().caseSeq()).isPresent()
                ? Why.BEHIND_LOG
                : Why.NOT_OF_ITS_LOG;
        stop(row, why);
        return Optional.of(why);
    }

    private void stop(OrderRow row, Why why) {
        frozen.freeze(row.id(), why, clock.instant(), row.chain());
        cases.reached("orders.frozen");
    }

    private void enterNow(OrderId id) {
        if (log.stopped().isEmpty()) {
            Attempts.done("entering that " + id + " is frozen", () -> enter(id));
        }
    }

    private void enter(OrderId id) {
        transaction.executeWithoutResult(_ -> orders.lock(id)
                .ifPresent(row -> frozen.find(id)
                        .filter(stopped -> stopped.entry().isEmpty())
                        .ifPresent(stopped -> frozen.entered(id, said(row, stopped)))));
    }

    /** Behind the last entry that the log has of the case, whatever the row thinks that is. */
    private Digest said(OrderRow row, FrozenTable.Frozen stopped) {
        OrderRow.Chain end = log.end(row.id().code())
                .map(last -> new OrderRow.Chain(last.caseSeq(), last.leafHash()))
                .orElse(OrderRow.Chain.NONE);
        return cases.open(row.id(), row.filed(), row.state(), end)
                .note(
                        OrderStatement.FROZEN,
                        Actor.GATEWAY,
                        Map.of(
                                "why", stopped.why().name(),
                                "state", row.state().word(),
                                "row", Long.toString(stopped.was().caseSeq()),
                                "log", Long.toString(end.caseSeq())))
                .leafHash();
    }
}
