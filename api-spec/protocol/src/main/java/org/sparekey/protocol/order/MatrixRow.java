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
        boolean callBack) {

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
        if (kinds.contains(OrderKind.VOLUNTARY_REQUEST) && discloses != Disclosure.NOTHING) {
            throw new IllegalArgumentException("a voluntary request discloses nothing");
        }
    }

    public boolean inForce(Instant at) {
        return !at.isBefore(validFrom) && validTo.filter(to -> !at.isBefore(to)).isEmpty();
    }

    /** What leaves the gateway. */
    public enum Disclosure {
        NOTHING,
        PARTY_OF_RECORD,
        SEALED_IMAGE
    }
}
