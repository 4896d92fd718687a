// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.List;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.parties.Role;

/**
 * By whose act an event may happen. Officers can stop a disclosure and never start one alone; the issuer's side asks and takes
 * back; what follows by itself is the gateway's, and nobody's request brings it about.
 */
final class OrderActors {

    private static final List<String> GATEWAY = List.of(Actor.GATEWAY.role());
    private static final List<String> OFFICER = List.of(Role.OFFICER.name());
    /** What two of them bring about together follows the act of the one who spoke last. */
    private static final List<String> APPROVERS = List.of(Role.OFFICER.name(), Role.CO_APPROVER.name());

    private static final List<String> AUTHORITY = List.of(Role.INVESTIGATOR.name(), Role.PROSECUTOR.name());
    private static final List<String> AUTHORITY_OR_JUDGE =
            List.of(Role.INVESTIGATOR.name(), Role.PROSECUTOR.name(), Role.JUDGE.name());

    /** What came on paper is taken back by the act of the officer who called. */
    private static final List<String> AUTHORITY_JUDGE_OR_WHO_CALLED =
            List.of(Role.INVESTIGATOR.name(), Role.PROSECUTOR.name(), Role.JUDGE.name(), Role.OFFICER.name());

    private OrderActors() {}

    static boolean may(String role, OrderEvent event) {
        return of(event).contains(role);
    }

    /** The words of {@link Actor#role}. */
    static List<String> of(OrderEvent event) {
        return switch (event) {
            case OrderEvent.Found _,
                    OrderEvent.NotFound _,
                    OrderEvent.Answer _,
                    OrderEvent.NoneHeld _,
                    OrderEvent.Preserve _,
                    OrderEvent.Link _,
                    OrderEvent.EndHold _,
                    OrderEvent.MissConfirmation _,
                    OrderEvent.Quarantine _,
                    OrderEvent.Destroy _,
                    OrderEvent.Isolate _,
                    OrderEvent.RestoreDone _,
                    OrderEvent.SendToReview _,
                    OrderEvent.Differs _,
                    OrderEvent.Begin _,
                    OrderEvent.LoseAttempt _,
                    OrderEvent.Secure _,
                    OrderEvent.TakeOver _,
                    OrderEvent.Withhold _,
                    OrderEvent.Release _,
                    OrderEvent.Publish _,
                    OrderEvent.Close _,
                    OrderEvent.Expire _,
                    OrderEvent.Fail _ -> GATEWAY;
            case OrderEvent.Ask _,
                    OrderEvent.CallBackDenied _,
                    OrderEvent.BeginAgain _,
                    OrderEvent.Keep _,
                    OrderEvent.Abandon _ -> OFFICER;
            case OrderEvent.Approve _, OrderEvent.OfficerRefuses _ -> APPROVERS;
            case OrderEvent.Extend _, OrderEvent.Clarify _, OrderEvent.Acknowledge _ -> AUTHORITY;
            case OrderEvent.Confirm _, OrderEvent.Restore _ -> AUTHORITY_OR_JUDGE;
            case OrderEvent.Withdraw _, OrderEvent.Apply _ -> AUTHORITY_JUDGE_OR_WHO_CALLED;
        };
    }
}
