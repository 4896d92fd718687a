// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

/**
 * Where an order stands. Which state may follow which is said in one place: {@code OrderTransitions}. Details (a coded
 * reason, the number of the attempt) are part of the state.
 */
public sealed interface OrderState {

    /** A voluntary request, recorded: it has no force and leads nowhere. Terminal. */
    record Received() implements OrderState {}

    /** @param code a {@code Refusal} of the protocol, or OFFICER_REFUSED. Terminal. */
    record Refused(String code) implements OrderState {}

    /** Acted on an earlier order (a withdrawal, an extension, a confirmation, an answer, a restore). Terminal. */
    record Applied() implements OrderState {}

    /** Given by word of mouth: held, and nothing goes on until it is confirmed in writing (126nd(4), 126ni(3) Sv). */
    record Oral() implements OrderState {}

    /** The three days are over. What it holds stays for the moment; nothing goes on. */
    record ConfirmationOverdue() implements OrderState {}

    /** Kept apart until it is destroyed; only the clock goes on. */
    record Quarantined() implements OrderState {}

    /** Terminal. */
    record Destroyed() implements OrderState {}

    /** @param from held, located or review: where it goes on once its issuer has answered; its clock stands still */
    record Clarification(String from) implements OrderState {}

    /** Verified and nothing it covers can be deleted; not yet located. */
    record Held() implements OrderState {}

    /** One asset found. */
    record Located() implements OrderState {}

    /** Frozen: nothing it covers is deleted and nothing leaves (126ni Sv). */
    record Preserved() implements OrderState {}

    /** Once, by the row's further days. */
    record Extended() implements OrderState {}

    /** @param order the code of the production order that the freezing now waits for */
    record Linked(String order) implements OrderState {}

    /** The freezing ended as the law ends it. Terminal. */
    record ReleasedHold() implements OrderState {}

    /** @param means NOTICE_TO_RESELLER, BLOCK_ADDRESS or ISOLATE_GUEST: what was done; reversible */
    record Isolated(String means) implements OrderState {}

    /** @param means what is to be undone; until an officer or the means says that it is, nothing is accessible again */
    record Restoring(String means) implements OrderState {}

    /** What was made inaccessible is accessible again, as was reported. Terminal. */
    record Restored() implements OrderState {}

    /** @param reason TENANCY_CHANGED, AMBIGUOUS, UNKNOWN or NOT_MATCHED. Terminal: a new order is needed. */
    record Stopped(String reason) implements OrderState {}

    /** The signed identity answer exists. */
    record Answered() implements OrderState {}

    /** Waits for two officers. */
    record Review() implements OrderState {}

    record Approved() implements OrderState {}

    /** @param attempt 1 to 3 */
    record Executing(int attempt) implements OrderState {}

    /** Sealed and withheld. */
    record Secured() implements OrderState {}

    /** Two officers let it go; the entry may not yet be in a signed checkpoint. */
    record Released() implements OrderState {}

    /** The authority may fetch it. */
    record Available() implements OrderState {}

    record Acknowledged() implements OrderState {}

    /** Terminal. */
    record Closed() implements OrderState {}

    /** By the issuer or the validator, signed. Terminal. */
    record Withdrawn() implements OrderState {}

    /** Its deadline or its row's longest duration passed. Terminal. */
    record Expired() implements OrderState {}

    /** @param code of the execution, such as NO_LIVE_COPY, NO_DATA or ATTEMPTS_EXHAUSTED. Terminal. */
    record Failed(String code) implements OrderState {}

    /** Every terminal state releases its hold. */
    default boolean terminal() {
        return switch (this) {
            case Received _,
                    Refused _,
                    Applied _,
                    Destroyed _,
                    ReleasedHold _,
                    Restored _,
                    Stopped _,
                    Closed _,
                    Withdrawn _,
                    Expired _,
                    Failed _ -> true;
            case Oral _,
                    ConfirmationOverdue _,
                    Quarantined _,
                    Clarification _,
                    Held _,
                    Located _,
                    Preserved _,
                    Extended _,
                    Linked _,
                    Isolated _,
                    Restoring _,
                    Answered _,
                    Review _,
                    Approved _,
                    Executing _,
                    Secured _,
                    Released _,
                    Available _,
                    Acknowledged _ -> false;
        };
    }

    /** The word in tables, entries and answers. */
    default String word() {
        return switch (this) {
            case Received _ -> "received";
            case Refused _ -> "refused";
            case Applied _ -> "applied";
            case Oral _ -> "oral";
            case ConfirmationOverdue _ -> "confirmation-overdue";
            case Quarantined _ -> "quarantined";
            case Destroyed _ -> "destroyed";
            case Clarification _ -> "clarification";
            case Held _ -> "held";
            case Located _ -> "located";
            case Preserved _ -> "preserved";
            case Extended _ -> "extended";
            case Linked _ -> "linked";
            case ReleasedHold _ -> "released-hold";
            case Isolated _ -> "isolated";
            case Restoring _ -> "restoring";
            case Restored _ -> "restored";
            case Stopped _ -> "stopped";
            case Answered _ -> "answered";
            case Review _ -> "review";
            case Approved _ -> "approved";
            case Executing _ -> "executing";
            case Secured _ -> "secured";
            case Released _ -> "released";
            case Available _ -> "available";
            case Acknowledged _ -> "acknowledged";
            case Closed _ -> "closed";
            case Withdrawn _ -> "withdrawn";
            case Expired _ -> "expired";
            case Failed _ -> "failed";
        };
    }
}
