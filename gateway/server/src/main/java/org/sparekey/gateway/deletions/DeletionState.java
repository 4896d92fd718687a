// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

/** Where the disk of a terminated machine is, as far as the hoster's hand said. */
sealed interface DeletionState {

    /** In its place. */
    record Waiting() implements DeletionState {}

    /** Somebody may have touched it: whoever asks again is told the same, or under a new number something else. */
    record Permitted(Permit last) implements DeletionState {}

    /** Out of everybody's view, because something holds it or held it. */
    record Quarantined() implements DeletionState {}

    /** Gone. */
    record Destroyed() implements DeletionState {}

    /** The word in the table and in entries. */
    default String word() {
        return switch (this) {
            case Waiting _ -> "waiting";
            case Permitted _ -> "permitted";
            case Quarantined _ -> "quarantined";
            case Destroyed _ -> "destroyed";
        };
    }
}
