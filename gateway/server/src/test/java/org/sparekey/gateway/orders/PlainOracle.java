// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.Validation;
import org.sparekey.protocol.term.DutchHolidays;

/**
 * What must never have happened, read off an order and its entries alone. It shares no rule with the room: no table of
 * transitions, no clock, no state.
 */
final class PlainOracle {

    private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");
    private static final Set<String> DISCLOSES = Set.of("order.answered", "order.released", "order.available");
    private static final Set<String> ENDS = Set.of(
            "order.received",
            "order.refused",
            "order.stopped",
            "order.closed",
            "order.withdrawn",
            "order.expired",
            "order.failed",
            "order.destroyed",
            "order.released-hold",
            "order.restored");

    private PlainOracle() {}

    /** @param known whether an earlier order of this person was called back a day before this one came */
    static Optional<String> fault(OrderDocument order, Validation validation, boolean known, List<Life.Said> log) {
        Talk talk = new Talk(order, known, log.get(0).at());
        Set<String> before = new HashSet<>();
        boolean approved = false;
        Instant received = log.get(0).at();
        Duration paused = Duration.ZERO;
        Optional<Instant> asked = Optional.empty();
        boolean ended = false;
        for (Life.Said said : log) {
            String type = said.type();
            if (type.equals("order.illegal")) {
                continue;
            }
            if (ended) {
                return Optional.of("something after its end: " + said);
            }
            ended = ENDS.contains(type);
            if (type.equals("order.clarification")) {
                asked = Optional.of(said.at());
            }
            if (type.equals("order.clarified")) {
                Duration pause = Duration.between(asked.orElseThrow(), said.at());
                if (!said.at().isBefore(endOfDays(asked.orElseThrow(), 5))) {
                    return Optional.of("an answer after five days was taken: " + said);
                }
                paused = paused.plus(pause);
                asked = Optional.empty();
            }
            approved &= !(type.equals("order.review") || type.equals("order.held"));
            Optional<String> unspoken = talk.fault(said);
            if (unspoken.isPresent()) {
                return Optional.of(unspoken.get() + ": " + said);
            }
            approved |= type.equals("order.approved");
            if ((type.equals("order.executing") || type.equals("order.isolated")) && !approved) {
                return Optional.of("captured without approval: " + said);
            }
            Optional<String> disclosed =
                    DISCLOSES.contains(type) ? disclosed(order, validation, before) : Optional.empty();
            if (disclosed.isPresent()) {
                return Optional.of(disclosed.get() + ": " + said);
            }
            if (type.equals("order.confirmed") && !said.at().isBefore(endOfDays(received, 3))) {
                return Optional.of("confirmed after its term: " + said);
            }
            boolean begins =
                    type.equals("order.located") || type.equals("order.approved") || type.equals("order.answered");
            boolean freezes = order.kind().name().equals("PRESERVATION");
            if (begins && !freezes && !said.at().isBefore(order.deadline().plus(paused))) {
                return Optional.of("went on after its deadline: " + said);
            }
            before.add(type);
        }
        return Optional.empty();
    }

    /** Who said what of one order: officers by their signatures, its issuer on the telephone. */
    private static final class Talk {
        private static final Duration APPROVAL_LASTS = Duration.ofHours(8);
        private static final Set<String> CALLED_FIRST = Set.of("SNAPSHOT_COPY", "PRESERVATION", "TAKE_DOWN");

        private final OrderDocument order;
        private final boolean known;
        private final Instant received;
        private final List<Life.Said> approvals = new ArrayList<>();
        private final Set<String> callers = new HashSet<>();
        private boolean denied;

        Talk(OrderDocument order, boolean known, Instant received) {
            this.order = order;
            this.known = known;
            this.received = received;
        }

        Optional<String> fault(Life.Said said) {
            return switch (said.type()) {
                case "order.review", "order.held" -> {
                    approvals.clear();
                    yield deny(said);
                }
                case "order.approval" -> {
                    approvals.add(said);
                    yield deny(said);
                }
                case "order.called-back" -> {
                    denied |= said.what().equals("DENIED");
                    if (said.what().equals("CONFIRMED")) {
                        callers.add(said.actor());
                    }
                    yield Optional.empty();
                }
                case "order.approved" -> approved(said);
                case "order.released" ->
                    officers("RELEASE", Instant.EPOCH).size() < 2
                            ? Optional.of("released without two officers")
                            : Optional.empty();
                case "order.refused" -> Optional.empty();
                default -> deny(said);
            };
        }

        private Optional<String> deny(Life.Said said) {
            return denied ? Optional.of("went on after its issuer denied it, at " + said.at()) : Optional.empty();
        }

        private Optional<String> approved(Life.Said said) {
            Instant since = said.at().minus(APPROVAL_LASTS);
            Set<String> both = officers("RELEASE", since);
            both.addAll(officers("SECURE", since));
            boolean emergency = order.urgency().name().equals("EMERGENCY");
            boolean one = emergency
                    && order.kind().name().equals("SNAPSHOT_COPY")
                    && !callers.isEmpty()
                    && !officers("SECURE", since).isEmpty();
            if (both.size() < 2 && !one) {
                return Optional.of("approved without two officers");
            }
            boolean rested = known
                    || !said.at().isBefore(received.plus(Duration.ofDays(1)))
                    || (emergency && callers.size() > 1);
            boolean called = !CALLED_FIRST.contains(order.kind().name()) || (!callers.isEmpty() && rested);
            return called ? deny(said) : Optional.of("approved without the call");
        }

        private Set<String> officers(String decision, Instant since) {
            Set<String> officers = new HashSet<>();
            approvals.stream()
                    .filter(said -> said.what().equals(decision) && said.at().isAfter(since))
                    .forEach(said -> officers.add(said.actor()));
            return officers;
        }
    }

    private static Optional<String> disclosed(OrderDocument order, Validation validation, Set<String> before) {
        String kind = order.kind().name();
        boolean image = kind.equals("SNAPSHOT_COPY");
        boolean answer = kind.equals("PRODUCTION_IDENTITY") || kind.equals("EXISTENCE_CHECK");
        if (!image && !answer) {
            return Optional.of("a " + kind + " disclosed something");
        }
        if (image && !(validation instanceof Validation.Proven)) {
            return Optional.of("content without a judge");
        }
        if (image
                && !before.containsAll(Set.of("order.review", "order.approved", "order.executing", "order.secured"))) {
            return Optional.of("a step was left out");
        }
        return before.contains("order.oral") && !before.contains("order.confirmed")
                ? Optional.of("disclosed on an unconfirmed word")
                : Optional.empty();
    }

    /** Where it must be by now, or nowhere: nobody may wait beyond what the law gives him. */
    static Optional<String> overdue(OrderDocument order, List<Life.Said> log, String state, boolean held, Instant now) {
        Instant received = log.get(0).at();
        if (state.equals("oral") && !now.isBefore(endOfDays(received, 3))) {
            return Optional.of("an oral order after three days");
        }
        if (state.equals("clarification") && !now.isBefore(endOfDays(last(log, "order.clarification"), 5))) {
            return Optional.of("a question after five days");
        }
        if (state.equals("quarantined")
                && !now.isBefore(last(log, "order.quarantined").plus(Duration.ofDays(14)))) {
            return Optional.of("in quarantine after fourteen days");
        }
        boolean waits = Set.of("held", "located", "review", "approved").contains(state);
        if (waits && log.stream().noneMatch(said -> said.type().equals("order.clarified"))) {
            boolean freezes = order.kind().name().equals("PRESERVATION");
            Instant end = freezes ? received.atZone(AMSTERDAM).plusDays(90).toInstant() : order.deadline();
            if (!now.isBefore(end)) {
                return Optional.of("waiting after its deadline");
            }
        }
        boolean frozen = state.equals("preserved") || state.equals("extended");
        if (frozen && !now.isBefore(received.atZone(AMSTERDAM).plusDays(200).toInstant())) {
            return Optional.of("frozen for longer than the law has it");
        }
        boolean called = log.stream()
                .anyMatch(said ->
                        said.type().equals("order.called-back") && said.what().equals("CONFIRMED"));
        boolean due = Set.of("SNAPSHOT_COPY", "PRESERVATION", "TAKE_DOWN")
                .contains(order.kind().name());
        if (held && due && !called && !now.isBefore(received.plus(Duration.ofHours(48)))) {
            return Optional.of("held for longer than two days and nobody called");
        }
        boolean ended = log.stream().anyMatch(said -> ENDS.contains(said.type()));
        return held == ended ? Optional.of("a hold is released with the end and not before") : Optional.empty();
    }

    private static Instant last(List<Life.Said> log, String type) {
        return log.stream()
                .filter(said -> said.type().equals(type))
                .reduce((first, second) -> second)
                .orElseThrow()
                .at();
    }

    /** The Algemene termijnenwet for three days and more, counted day by day. */
    private static Instant endOfDays(Instant event, int days) {
        LocalDate day = event.atZone(AMSTERDAM).toLocalDate();
        int counted = 0;
        int working = 0;
        boolean works = false;
        while (counted < days || working < 2 || !works) {
            day = day.plusDays(1);
            counted++;
            works = day.getDayOfWeek() != DayOfWeek.SATURDAY
                    && day.getDayOfWeek() != DayOfWeek.SUNDAY
                    && !DutchHolidays.of(day.getYear()).contains(day);
            working += works ? 1 : 0;
        }
        return day.plusDays(1).atStartOfDay(AMSTERDAM).toInstant();
    }
}
