// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One legal basis as data: who may order which categories on it, with whose authorisation.
 *
 * @param id such as {@code NL-126ng2}; what an order names
 * @param article as a lawyer cites it
 * @param validFrom inclusive
 * @param validTo exclusive; absent while the law stands
 * @param kinds the kinds of order that can rest on it
 * @param issuerRoles roles of the register that may issue
 * @param validatorRole whose prior authorisation is needed; absent where none is
 * @param categories what it reaches; every other category is denied
 * @param beyond the ground given for a category it does not reach
 * @param targetFormats how the target may be named
 * @param otherTarget the ground given for a target named otherwise
 * @param memory whether it reaches a machine's memory
 * @param discloses what leaves the gateway when it is carried out
 * @param holdDays for how many days at most it may hold; absent where the deadline alone counts
 * @param callBack whether proof 4 is due (content and preservation)
 * @param validatorWhen when the validator's authorisation is needed; absent means always, where there is a role
 * @param extendDays for how many days more a hold may be extended, once; absent where it may not
 * @param confirmDays within how many days an oral order is confirmed in writing; absent where none may be oral
 * @param term by when the law wants it done; absent where the order's own deadline alone counts
 * @param refusedAs why nothing is done on it here: it has its own channel, is exercised on site, or is no basis at all
 */
public record MatrixRow(
        String id,
        String article,
        String english,
        String dutch,
        Instant validFrom,
        Optional<Instant> validTo,
        List<OrderKind> kinds,
        List<String> issuerRoles,
        Optional<String> validatorRole,
        List<Category> categories,
        Refusal beyond,
        List<TargetFormat> targetFormats,
        Refusal otherTarget,
        boolean memory,
        Disclosure discloses,
        Optional<Integer> holdDays,
        boolean callBack,
        Optional<ValidatorWhen> validatorWhen,
        Optional<Integer> extendDays,
        Optional<Integer> confirmDays,
        Optional<Term> term,
        Optional<Refusal> refusedAs) {

    public MatrixRow {
        kinds = List.copyOf(kinds);
        issuerRoles = List.copyOf(issuerRoles);
        categories = List.copyOf(categories);
        targetFormats = List.copyOf(targetFormats);
        if (validTo.filter(to -> !validFrom.isBefore(to)).isPresent()) {
            throw new IllegalArgumentException("a row ends after it begins");
        }
        if (discloses == Disclosure.SEALED_IMAGE && validatorRole.isEmpty()) {
            throw new IllegalArgumentException("no content without a judge");
        }
        if (discloses == Disclosure.SEALED_IMAGE
                && validatorWhen.isPresent()
                && validatorWhen.get() != ValidatorWhen.ALWAYS) {
            throw new IllegalArgumentException("content needs its judge always");
        }
        if (kinds.contains(OrderKind.VOLUNTARY_REQUEST) && discloses != Disclosure.NOTHING) {
            throw new IllegalArgumentException("a voluntary request discloses nothing");
        }
    }

    /** Whether it needs the validator: what only undoes does not, and what is named is always to be proven. */
    boolean needsValidator(OrderDocument order) {
        if (validatorRole.isEmpty() || order.kind() == OrderKind.RESTORE) {
            return false;
        }
        return switch (validatorWhen.orElse(ValidatorWhen.ALWAYS)) {
            case ALWAYS -> true;
            case URGENT ->
                order.urgency() != Urgency.NORMAL || order.validator().isPresent();
            case NAMED -> order.validator().isPresent();
        };
    }

    /** What leaves the gateway for an order of this kind on this row: the least of what both allow. */
    public Disclosure discloses(OrderKind kind) {
        return kind.discloses().compareTo(discloses) <= 0 ? kind.discloses() : Disclosure.NOTHING;
    }

    public boolean inForce(Instant at) {
        return !at.isBefore(validFrom) && validTo.filter(to -> !at.isBefore(to)).isEmpty();
    }

    /** When a judge's prior authorisation is needed. */
    public enum ValidatorWhen {
        ALWAYS,
        /** Where the issuer names one: whether the offence asks for it is not the provider's to judge (126nd(6) Sv). */
        NAMED,
        /** For immediate delivery (126ne Sv). */
        URGENT
    }

    /**
     * @param days from receipt, by Regulation 1182/71
     * @param emergencyHours instead, in an emergency
     */
    public record Term(Optional<Integer> days, Optional<Integer> emergencyHours) {}

    /** What leaves the gateway, from the least to the most. */
    public enum Disclosure {
        NOTHING,
        /** That something is held, or not. */
        EXISTENCE,
        PARTY_OF_RECORD,
        TRAFFIC_RECORDS,
        SEALED_IMAGE
    }
}
