// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sparekey.gateway.parties.PartyId;

/** Who passes what on to whom: from the hoster's own customer to the last one that anybody named. */
final class Chains {

    /** The hoster's customer counts. More hands than this is nobody's honest business. */
    static final int LONGEST = 8;

    private final List<Assignment> all;
    private final Map<PartyId, List<Assignment>> ofReseller = new HashMap<>();
    private final Map<PartyId, List<Assignment>> passedOn = new HashMap<>();

    Chains(List<Assignment> all) {
        this.all = List.copyOf(all);
        for (Assignment one : all) {
            ofReseller
                    .computeIfAbsent(one.reseller(), absent -> new ArrayList<>())
                    .add(one);
            one.via()
                    .ifPresent(via -> passedOn.computeIfAbsent(via, absent -> new ArrayList<>())
                            .add(one));
        }
    }

    /** The ends of each kind by itself: a server and a port of one name are two things. */
    static List<Assignment> endsOfEach(List<Assignment> all) {
        return Stream.of(Assignment.Kind.values())
                .flatMap(kind -> new Chains(ofKind(all, kind)).ends().stream())
                .toList();
    }

    static List<Assignment> ofKind(List<Assignment> all, Assignment.Kind kind) {
        return all.stream().filter(row -> row.kind() == kind).toList();
    }

    /** Whether each hand in front of this one had all of it for all of its time, and none twice. */
    boolean sound(Assignment row) {
        Set<PartyId> hands = new HashSet<>(Set.of(row.reseller()));
        Assignment hand = row;
        while (hand.via().isPresent()) {
            Optional<Assignment> before = before(hand);
            if (before.isEmpty() || !hands.add(before.get().reseller()) || hands.size() > LONGEST) {
                return false;
            }
            hand = before.get();
        }
        return true;
    }

    private Optional<Assignment> before(Assignment row) {
        return row.via()
                .flatMap(via -> ofReseller.getOrDefault(via, List.of()).stream()
                        .filter(one -> one != row && one.contains(row) && one.outlasts(row))
                        .findFirst());
    }

    /** Every row for the times in which it was not passed on; of one thing only one of these holds at an instant. */
    List<Assignment> ends() {
        List<Assignment> ends = new ArrayList<>();
        for (Assignment row : all) {
            Instant from = row.from();
            boolean open = true;
            for (Assignment part : partsOf(row)) {
                if (part.from().isAfter(from)) {
                    ends.add(row.during(from, Optional.of(part.from())));
                }
                open = part.to().isPresent();
                from = part.to().filter(end -> end.isAfter(row.from())).orElse(from);
            }
            if (open && row.to().map(from::isBefore).orElse(true)) {
                ends.add(row.during(from, row.to()));
            }
        }
        return List.copyOf(ends);
    }

    /** Through whose hands the thing went at the instant. */
    List<Assignment> at(Instant instant) {
        List<Assignment> chain = new ArrayList<>();
        Optional<Assignment> next = all.stream()
                .filter(row -> row.via().isEmpty() && row.holdsAt(instant))
                .findFirst();
        while (next.isPresent() && chain.size() < LONGEST) {
            Assignment hand = next.get();
            chain.add(hand);
            next = partsOf(hand).stream().filter(row -> row.holdsAt(instant)).findFirst();
        }
        return List.copyOf(chain);
    }

    private List<Assignment> partsOf(Assignment row) {
        return passedOn.getOrDefault(row.reseller(), List.of()).stream()
                .filter(part -> part != row && row.contains(part) && row.meets(part))
                .sorted(Comparator.comparing(Assignment::from))
                .toList();
    }
}
