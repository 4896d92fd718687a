// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.callback.CallBackCheck;
import org.sparekey.protocol.callback.CallBackRecord;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.order.Assurance;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.ValidatorReference;
import org.sparekey.protocol.party.AuthorityEntry;

/**
 * What is known of an order's call-backs. Every question is answered from the stored records, verified again: whoever
 * writes a row into the table has called nobody.
 */
final class CallBacks {

    /** What an order that came on paper needs before anything is looked up for it. */
    static final String NEEDED = "call-back";

    private final CallBackTable table;
    private final OrderTable orders;
    private final Parties parties;
    private final Verification verification;
    private final OrdersSettings settings;

    CallBacks(
            CallBackTable table,
            OrderTable orders,
            Parties parties,
            Verification verification,
            OrdersSettings settings) {
        this.table = table;
        this.orders = orders;
        this.parties = parties;
        this.verification = verification;
        this.settings = settings;
    }

    /** Whether proof 4 is there, or not due. */
    boolean done(OrderRow row, Instant now) {
        return CallBackDecisions.done(facts(row), counting(row), now);
    }

    /** Whether somebody was really called: what status, ticket and bundle say. */
    boolean calledBack(OrderRow row) {
        List<CallBackRecord> counting = counting(row);
        return !CallBackDecisions.officers(counting, CallBackSubject.ISSUER).isEmpty();
    }

    /** Only where securing is a copy that is sealed and withheld: what takes something off the net always takes two. */
    boolean oneMaySecure(OrderRow row, Instant now) {
        boolean copied =
                row.filed().kind() == OrderKind.SNAPSHOT_COPY || row.filed().kind() == OrderKind.PRESERVATION;
        boolean made =
                row.findings().basis().filter(basis -> basis.copy().isPresent()).isEmpty();
        return copied && made && CallBackDecisions.oneMaySecure(facts(row), counting(row), now);
    }

    /** Whether everybody whose signature is lacking has said his word. */
    boolean confirmed(OrderRow row) {
        List<CallBackRecord> counting = counting(row);
        boolean validator = !validatorToo(row)
                || !CallBackDecisions.officers(counting, CallBackSubject.VALIDATOR)
                        .isEmpty();
        return validator
                && !CallBackDecisions.officers(counting, CallBackSubject.ISSUER).isEmpty();
    }

    /**
     * Whether what came on paper is looked up: everybody said his word, and where the look-up is the answer, it has rested
     * too. What officers approve rests before that.
     */
    boolean goesOn(OrderRow row, Instant now) {
        return OrderDecisions.answered(row.filed().kind()) ? done(row, now) : confirmed(row);
    }

    Optional<String> enteredBy(OrderRow row) {
        return verification.enteredBy(Locating.signed(row));
    }

    /** In the word of status and bundle. */
    String authenticity(OrderRow row) {
        if (enteredBy(row).isEmpty()) {
            return OrderStatus.SIGNED;
        }
        return confirmed(row) ? OrderStatus.PAPER_CALLED_BACK : OrderStatus.PAPER;
    }

    /** Of an order that goes on: what came on paper does so only once it was called back. */
    Assurance assurance(OrderRow row) {
        return Assurance.of(
                enteredBy(row).isPresent(),
                row.filed().validatorJws().isPresent(),
                Locating.order(row).validator().isPresent());
    }

    private boolean validatorToo(OrderRow row) {
        return enteredBy(row).isPresent()
                && row.filed().validatorJws().isEmpty()
                && Locating.order(row).validator().isPresent();
    }

    boolean due(OrderRow row) {
        return enteredBy(row).isPresent() || ordinarilyDue(row);
    }

    private boolean ordinarilyDue(OrderRow row) {
        return settings.callBackDue()
                && row.filed()
                        .matrixRow()
                        .flatMap(id -> law(row).flatMap(matrix -> matrix.row(id)))
                        .filter(MatrixRow::callBack)
                        .isPresent();
    }

    /** Until when the law lets it hold, once it was called back; empty where it is not. */
    Optional<Instant> longestHold(OrderRow row) {
        return due(row) && calledBack(row)
                ? row.filed()
                        .matrixRow()
                        .flatMap(id -> law(row).flatMap(matrix -> matrix.row(id)))
                        .map(basis -> OrderDecisions.holdUntil(
                                basis, row.filed().deadline(), row.filed().receivedAt(), false))
                : Optional.empty();
    }

    CallBackSheet sheet(OrderRow row, Instant now) {
        List<CallBackRecord> counting = counting(row);
        List<CallBackSheet.Call> calls = new ArrayList<>();
        for (CallBackSubject subject : CallBackSubject.values()) {
            called(row, subject)
                    .ifPresent(authority -> calls.add(new CallBackSheet.Call(
                            subject,
                            authority.id(),
                            authority.callbackNumber(),
                            List.copyOf(CallBackDecisions.officers(counting, subject)))));
        }
        CallBackDecisions.Facts facts = facts(row);
        return new CallBackSheet(
                row.filed().digest(),
                facts.due(),
                CallBackDecisions.done(facts, counting, now),
                CallBackDecisions.coolingOff(facts, counting, now),
                calls);
    }

    /** Whom the register has under the name that the order gives; the number is his, and no other is ever called. */
    Optional<AuthorityEntry> called(OrderRow row, CallBackSubject subject) {
        OrderDocument order = Locating.order(row);
        Optional<String> authority = subject == CallBackSubject.ISSUER
                ? Optional.of(order.issuer().authority())
                : order.validator().map(ValidatorReference::authority);
        return authority.flatMap(PartyId::named).flatMap(parties::authority);
    }

    CallBackCheck.Facts checked(OrderRow row, CallBackSubject subject, String authority, Instant at) {
        return new CallBackCheck.Facts(row.filed().digest(), subject, authority, table.given(row.id(), subject), at);
    }

    /** The law that counted when it was received. */
    private static Optional<Matrix> law(OrderRow row) {
        return Matrix.packaged(row.filed().matrixVersion());
    }

    private CallBackDecisions.Facts facts(OrderRow row) {
        OrderDocument order = Locating.order(row);
        return new CallBackDecisions.Facts(
                due(row),
                known(order.issuer(), row),
                validatorToo(row),
                order.urgency(),
                row.filed().receivedAt());
    }

    /** He is no stranger: an earlier order, as it was signed and as its calls verify now, shows it. */
    private boolean known(Issuer issuer, OrderRow row) {
        Instant received = row.filed().receivedAt();
        Instant before = received.minus(CallBackDecisions.COOLING_OFF);
        return table.confirmed(issuer, row.id(), before, CallBackDecisions.EARLIER_AT_MOST).stream()
                .flatMap(id -> orders.find(id).stream())
                .filter(earlier ->
                        Locating.signed(earlier).digest().equals(earlier.filed().digest())
                                && Locating.order(earlier).issuer().equals(issuer))
                .anyMatch(earlier -> CallBackDecisions.makesKnown(verified(earlier), received));
    }

    private List<CallBackRecord> counting(OrderRow row) {
        return verified(row).stream().map(CallBackTable.Stored::record).toList();
    }

    /** Each judged as of its own entry. */
    private List<CallBackTable.Stored> verified(OrderRow row) {
        List<CallBackTable.Stored> counting = new ArrayList<>();
        for (CallBackTable.Stored stored : table.of(row.id())) {
            CallBackSubject subject = stored.record().subject();
            Optional<AuthorityEntry> called = called(row, subject);
            boolean own = enteredBy(row).equals(Optional.of(stored.record().officer()));
            boolean counts = !own
                    && called.isPresent()
                    && CallBackCheck.check(
                                    stored.signed(),
                                    stored.record(),
                                    checked(row, subject, called.get().id(), stored.recordedAt()),
                                    verification::signer)
                            .isEmpty();
            if (counts) {
                counting.add(stored);
            }
        }
        return counting;
    }
}
