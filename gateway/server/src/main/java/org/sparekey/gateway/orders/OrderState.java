// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

/**
 * Where an order stands. Which state may follow which is said in one place: {@code OrderDecisions}. Details (a coded
 * reason, the number of the attempt) are part of the state.
 */
public sealed interface OrderState {

    /** A voluntary request, recorded: it has no force and leads nowhere. Terminal. */
    record Received() implements OrderState {}

    /** @param code a {@code Refusal} of the protocol, or OFFICER_REFUSED. Terminal. */
    record Refused(String code) implements OrderState {}

    /** Verified and nothing it covers can be deleted; not yet located. */
    record Held() implements OrderState {}

    /** One asset found; waits for nothing when it asks for identity, stays here when it only preserves. */
    record Located() implements OrderState {}

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
            case Received _, Refused _, Stopped _, Closed _, Withdrawn _, Expired _, Failed _ -> true;
            case Held _,
                    Located _,
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
            case Held _ -> "held";
            case Located _ -> "located";
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
