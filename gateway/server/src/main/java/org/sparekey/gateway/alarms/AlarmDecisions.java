// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.gateway.auditlog.LogFacts;
import org.sparekey.gateway.auditlog.TimeState;
import org.sparekey.gateway.auditlog.WitnessFacts;
import org.sparekey.gateway.mirror.MirrorFacts;

/** Which conditions hold, and which of them are new or over: pure, so that every line can be tried. */
final class AlarmDecisions {

    private AlarmDecisions() {}

    /** What the log's own figures say at this moment. */
    static Set<Condition> holding(List<LogFacts> logs, TimeState time, AlarmSettings limits, Instant now) {
        Set<Condition> holding = new LinkedHashSet<>();
        for (LogFacts log : logs) {
            String name = log.log().text();
            if (log.stopped().isPresent()) {
                holding.add(Condition.lasting(AlarmKind.LOG_STOPPED, name));
            }
            if (older(log.oldestWaiting(), limits.outboxAtMost(), now)) {
                holding.add(Condition.lasting(AlarmKind.OUTBOX_STALE, name));
            }
            if (older(log.oldestUnpublished(), limits.checkpointAtMost(), now)) {
                holding.add(Condition.lasting(AlarmKind.CHECKPOINT_STALE, name));
            }
            for (WitnessFacts witness : log.witnesses()) {
                if (older(witness.failing().map(WitnessFacts.Failure::since), limits.witnessAtMost(), now)) {
                    holding.add(Condition.lasting(AlarmKind.WITNESS_MISSING, name + " " + witness.name()));
                }
            }
        }
        if (time.alarming(now)) {
            holding.add(Condition.lasting(AlarmKind.TOKEN_MISSING, "time-stamps"));
        }
        return holding;
    }

    /** @param since when this process began to look: a mirror that has never sent is given as long */
    static Set<Condition> mirrored(List<MirrorFacts> mirrors, AlarmSettings limits, Instant since, Instant now) {
        Set<Condition> holding = new LinkedHashSet<>();
        for (MirrorFacts mirror : mirrors) {
            boolean away = mirror.state() == MirrorFacts.State.AWAY
                    && older(Optional.of(mirror.lastSuccess().orElse(since)), limits.mirrorAtMost(), now);
            if (away || mirror.state() == MirrorFacts.State.MISCONFIGURED) {
                holding.add(Condition.lasting(AlarmKind.MIRROR_STANDS, mirror.origin()));
            }
            if (mirror.strangers() > 0) {
                holding.add(Condition.lasting(AlarmKind.MIRROR_STRANGERS, mirror.origin()));
            }
        }
        return holding;
    }

    private static boolean older(Optional<Instant> since, Duration atMost, Instant now) {
        return since.filter(instant -> instant.plus(atMost).isBefore(now)).isPresent();
    }

    /** One change when a condition begins to hold and one when it ends; nothing while it lasts. */
    static Changes changes(Set<Condition> open, Set<Condition> holding) {
        List<Condition> opened =
                holding.stream().filter(each -> !open.contains(each)).toList();
        List<Condition> closed = new ArrayList<>(
                open.stream().filter(each -> !holding.contains(each)).toList());
        opened.stream().filter(each -> !each.lasting()).forEach(closed::add);
        return new Changes(opened, closed);
    }

    /** What began and what ended. */
    record Changes(List<Condition> opened, List<Condition> closed) {
        Changes {
            opened = List.copyOf(opened);
            closed = List.copyOf(closed);
        }

        boolean none() {
            return opened.isEmpty() && closed.isEmpty();
        }
    }
}
