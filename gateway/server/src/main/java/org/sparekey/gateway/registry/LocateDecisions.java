// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.registration.CustomerRole;
import org.sparekey.protocol.registration.RegistrationRecord;

/**
 * Who had the target at the asked instant, how sure that is (3-signed-api "Grades", 9-formats), and whether the asset may
 * be followed to now. Pure: the same facts and the same question give the same decision for ever.
 */
final class LocateDecisions {

    /** A row recorded later than this after the asked instant may be made up for the occasion. */
    static final Duration BACK_DATING = Duration.ofHours(24);

    /** A tenant may change unseen by the hypervisor; the reseller repeats his statement daily. */
    static final Duration ATTESTATION = Duration.ofHours(24);

    private LocateDecisions() {}

    /** What was decided about the asked instant, and about now. */
    sealed interface Decision {

        Verdict verdict();

        record Found(Verdict verdict, Registered now, Matching.Matched match) implements Decision {}

        record TenancyChanged(Verdict verdict) implements Decision {}

        record Ambiguous(Verdict verdict) implements Decision {}

        record Unknown(Verdict verdict) implements Decision {}

        record NotMatched(Verdict verdict, Mismatch mismatch) implements Decision {}
    }

    /**
     * The grade, the reseller and his interval, as an identity answer gives them.
     *
     * @param soldOn whether the reseller said that his customer lets the asset on
     */
    record Verdict(
            Grade grade, Optional<PartyId> reseller, Optional<Instant> since, Optional<Instant> until, boolean soldOn) {

        Verdict(Grade grade, Optional<PartyId> reseller, Optional<Instant> since, Optional<Instant> until) {
            this(grade, reseller, since, until, false);
        }
    }

    static Decision decide(Question question, LocateFacts facts) {
        List<Assignment> landlords = landlords(question, facts.assignments());
        History said = facts.history().knownAt(question.knownAt());
        List<Holding> holdings = holdings(question, facts, said.exclusive());
        if (holdings.isEmpty()) {
            return new Decision.Unknown(withoutAsset(landlords));
        }
        boolean one = holdings.size() == 1 && oneLandlord(question, landlords);
        if (!one || !holdings.get(0).oneTenant() || holdings.get(0).tooLittle()) {
            return new Decision.Ambiguous(ambiguous(holdings));
        }
        Holding then = holdings.get(0);
        return follow(then, withAsset(question, facts, then, landlords), question, facts);
    }

    /** A guest may have addresses in many prefixes of one reseller; an asked address has one prefix around it. */
    private static boolean oneLandlord(Question question, List<Assignment> landlords) {
        return question.wanted() instanceof Wanted.Address
                ? landlords.size() <= 1
                : landlords.stream().map(Assignment::reseller).distinct().count() <= 1;
    }

    /** The assets that fitted, of whoever rented the address, or the place where it or the guest was seen. */
    private static List<Holding> holdings(Question question, LocateFacts facts, History known) {
        Set<PartyId> renters = landlords(question, facts.assignments()).stream()
                .map(Assignment::reseller)
                .collect(Collectors.toSet());
        List<Holding> holdings = new ArrayList<>();
        for (String vpsRef : known.vpsRefs()) {
            holding(question, known, vpsRef)
                    .filter(one -> renters.contains(one.row().reseller()) || nobodys(question, renters))
                    .ifPresent(holdings::add);
        }
        return holdings;
    }

    /** A guest whose prefix and place are in no table may be anybody's; an address that is in none is nobody's. */
    private static boolean nobodys(Question question, Set<PartyId> renters) {
        return renters.isEmpty() && !(question.wanted() instanceof Wanted.Address);
    }

    private static Optional<Holding> holding(Question question, History known, String vpsRef) {
        List<Registered> during = known.during(vpsRef, question.first(), question.last());
        List<Registered> fitting = during.stream()
                .filter(row -> !row.ended() && question.wanted().fits(row.record()))
                .toList();
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        boolean oneTenant = fitting.stream()
                        .map(row -> row.record().tenancyRef())
                        .distinct()
                        .count()
                == 1;
        boolean whole = fitting.size() == during.size() && !known.beginsAfter(vpsRef, question.first());
        boolean tooLittle = fitting.stream().anyMatch(row -> question.wanted().saysTooLittle(row.record()));
        return Optional.of(new Holding(fitting.get(0), whole && oneTenant, oneTenant, tooLittle));
    }

    /**
     * The hoster's tables as they were known when the order came: whoever held the prefix at some instant of the window,
     * else the places: of each name the server, else the port of a switch. Who rents a machine may have an address that is
     * nobody's own. Two places of two resellers are two landlords, whatever kind each is.
     */
    static List<Assignment> landlords(Question question, List<Assignment> assignments) {
        List<Assignment> during = assignments.stream()
                .filter(one -> !one.from().isAfter(question.last())
                        && one.to().map(end -> end.isAfter(question.first())).orElse(true))
                .toList();
        List<Assignment> prefixes = during.stream()
                .filter(one -> one.kind() == Assignment.Kind.PREFIX)
                .toList();
        if (!prefixes.isEmpty()) {
            return prefixes;
        }
        Set<String> servers = during.stream()
                .filter(one -> one.kind() == Assignment.Kind.SERVER)
                .map(Assignment::value)
                .collect(Collectors.toSet());
        return during.stream()
                .filter(one -> one.kind() == Assignment.Kind.SERVER || !servers.contains(one.value()))
                .toList();
    }

    /** Only the hoster's own tables speak: the party of record, PROBABLE at most. */
    private static Verdict withoutAsset(List<Assignment> landlords) {
        List<PartyId> resellers =
                landlords.stream().map(Assignment::reseller).distinct().toList();
        if (resellers.size() > 1) {
            return new Verdict(Grade.AMBIGUOUS, Optional.empty(), Optional.empty(), Optional.empty());
        }
        if (resellers.isEmpty()) {
            return new Verdict(Grade.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty());
        }
        Assignment one = landlords.get(0);
        return new Verdict(Grade.PROBABLE, Optional.of(one.reseller()), Optional.of(one.from()), one.to());
    }

    /** Several assets of one reseller: who he is stays certain enough to say, which of his assets is not. */
    private static Verdict ambiguous(List<Holding> holdings) {
        List<PartyId> resellers =
                holdings.stream().map(one -> one.row().reseller()).distinct().toList();
        Optional<PartyId> only = resellers.size() == 1 ? Optional.of(resellers.get(0)) : Optional.empty();
        return new Verdict(Grade.AMBIGUOUS, only, Optional.empty(), Optional.empty());
    }

    private static Verdict withAsset(Question question, LocateFacts facts, Holding then, List<Assignment> landlords) {
        boolean certain = then.whole()
                && undisputed(question, facts, question.knownAt())
                && knownInTime(question, facts, then)
                && rentedThroughout(question, then, landlords)
                && Witnessing.covers(question, then.row().record(), facts);
        History held = facts.history().knownAt(question.knownAt()).exclusive();
        Interval interval = Interval.around(held, then.row(), question.wanted());
        return new Verdict(
                certain ? Grade.CERTAIN : Grade.PROBABLE,
                Optional.of(then.row().reseller()),
                Optional.of(interval.since()),
                interval.until(),
                then.row().record().customerRole().equals(Optional.of(CustomerRole.ONWARD_SELLER)));
    }

    /** Where another asset's own last word still claims the address, the reseller contradicts himself. */
    private static boolean undisputed(Question question, LocateFacts facts, Instant knownAt) {
        return holdings(question, facts, facts.history().knownAt(knownAt)).size() == 1;
    }

    /** 9-formats: an instant earlier than the row's recording minus 24 h is at most PROBABLE. */
    private static boolean knownInTime(Question question, LocateFacts facts, Holding then) {
        Instant latest = question.asked().from().plus(BACK_DATING);
        Instant early = latest.isBefore(question.knownAt()) ? latest : question.knownAt();
        List<Holding> asKnownThen =
                holdings(question, facts, facts.history().knownAt(early).exclusive());
        return undisputed(question, facts, early)
                && asKnownThen.size() == 1
                && asKnownThen.get(0).whole()
                && asKnownThen.get(0).same(then);
    }

    /** An address by its prefix alone: that its machine is his does not say that the address was. */
    private static boolean rentedThroughout(Question question, Holding then, List<Assignment> landlords) {
        if (!(question.wanted() instanceof Wanted.Address)) {
            return landlords.stream()
                    .allMatch(one -> one.reseller().equals(then.row().reseller()));
        }
        return landlords.size() == 1
                && landlords.get(0).kind() == Assignment.Kind.PREFIX
                && landlords.get(0).covers(question.first(), question.last());
    }

    /** From then to now along the vpsRef; the address is never resolved again. */
    private static Decision follow(Holding then, Verdict verdict, Question question, LocateFacts facts) {
        History known = facts.history().knownAt(question.now());
        String vpsRef = then.row().vpsRef();
        RegistrationRecord record = then.row().record();
        Instant asked = question.asked().from();
        Instant start =
                asked.isAfter(then.row().validFrom()) ? asked : then.row().validFrom();
        // What begins within the clock skew may begin after now.
        Instant first = start.isBefore(question.now()) ? start : question.now();
        Instant last = start.isBefore(question.now()) ? question.now() : start;
        boolean sameTenant = known.during(vpsRef, first, last).stream()
                .allMatch(row -> !row.ended() && row.record().tenancyRef().equals(record.tenancyRef()));
        Optional<Registered> now = known.at(vpsRef, question.now());
        if (!sameTenant || now.isEmpty()) {
            return new Decision.TenancyChanged(verdict);
        }
        Instant attested = known.attestedAt(vpsRef).orElse(Instant.MIN);
        if (!attested.isAfter(question.now().minus(ATTESTATION))) {
            return new Decision.NotMatched(verdict, Mismatch.STALE);
        }
        return switch (Matching.of(now.get().record(), facts.running())) {
            case Matching.Matched matched
            when facts.anothers().test(matched.guest(), now.get().reseller()) ->
                new Decision.NotMatched(verdict, Mismatch.CONTRADICTING);
            case Matching.Matched matched -> new Decision.Found(verdict, now.get(), matched);
            case Matching.Not not -> new Decision.NotMatched(verdict, not.mismatch());
        };
    }
}
