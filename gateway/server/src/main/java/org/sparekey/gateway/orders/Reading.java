// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Recorded;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.parties.RefusedAttempt;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.document.DocumentFault;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.StopReason;
import org.sparekey.protocol.problem.CodedReason;

/** Who may see which order, and what he sees. Whose it is not, for him it does not exist. */
final class Reading {

    /** A list is for a screen; whoever wants all asks for one after the other. */
    static final int MAX_LISTED = 200;

    private final OrderTable orders;
    private final ApprovalTable approvals;
    private final PaperTable papers;
    private final HoldTable holds;
    private final CallBacks callBacks;
    private final Voices voices;
    private final AuditLog log;
    private final RefusalEntries refusals;
    private final InstantSource clock;

    Reading(
            OrderTable orders,
            ApprovalTable approvals,
            PaperTable papers,
            HoldTable holds,
            CallBacks callBacks,
            Voices voices,
            AuditLog log,
            RefusalEntries refusals,
            InstantSource clock) {
        this.orders = orders;
        this.approvals = approvals;
        this.papers = papers;
        this.holds = holds;
        this.callBacks = callBacks;
        this.voices = voices;
        this.log = log;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** By the gateway's code, or by the issuer's own id; empty when it is not his to see. */
    Optional<OrderId> visible(Caller caller, String reference) {
        return named(caller, reference).filter(row -> mayRead(caller, row)).map(OrderRow::id);
    }

    /**
     * Enters that somebody asked in vain. Also where there is no such order: else the time of the answer would tell what
     * exists. It is no entry of the case, whose authority has nothing to learn of what another one tries.
     */
    void refuse(Caller caller, String reference) {
        Optional<UUID> order = named(caller, reference).map(row -> row.filed().documentId());
        refusals.enter(new RefusedAttempt(
                LogName.CASE,
                OrderStatement.READ_REFUSED.type(),
                caller.party(),
                Intake.actor(caller),
                OrderStatement.READ_REFUSED.type(),
                Map.of(),
                LookRecord.bytes(OrderStatement.READ_REFUSED, order, caller, reference)));
    }

    private Optional<OrderRow> named(Caller caller, String reference) {
        return OrderId.parse(reference)
                .or(() -> uuid(reference)
                        .flatMap(id -> orders.genuine(caller.party().value(), id)))
                .flatMap(orders::find);
    }

    List<OrderStatus> list(Caller caller) {
        Optional<String> authority = caller.role() == Role.OFFICER
                ? Optional.empty()
                : Optional.of(caller.party().value());
        return orders.newest(authority, MAX_LISTED).stream().map(this::status).toList();
    }

    Optional<OrderStatus> status(OrderId id) {
        return orders.find(id).map(this::status);
    }

    Optional<OrderFile> file(OrderId id) {
        return orders.find(id)
                .map(row -> new OrderFile(
                        row.id(),
                        row.filed().documentId(),
                        row.filed().authority(),
                        row.state().word(),
                        row.filed().matrixVersion(),
                        row.filed().digest(),
                        row.filed().orderJws(),
                        row.filed().validatorJws(),
                        row.findings().answerJws(),
                        approvals.of(id, row.standing().round()),
                        row.findings().basis(),
                        papers.of(id, PaperTable.Kind.REVOCATION),
                        papers.of(id, PaperTable.Kind.ANSWER),
                        papers.of(id, PaperTable.Kind.DOCUMENT),
                        row.findings().manifestDigest(),
                        callBacks.calledBack(row)));
    }

    private OrderStatus status(OrderRow row) {
        Optional<String> reason = reason(row.state());
        return new OrderStatus(
                row.id().code(),
                row.filed().documentId(),
                row.filed().digest(),
                row.filed().kind(),
                row.standing().version(),
                row.state().word(),
                reason,
                reason.map(Reading::sentences).orElse(List.of()),
                row.filed().matrixRow(),
                Optional.of(row.filed().matrixVersion()),
                row.findings().whereabouts().map(Whereabouts::grade),
                callBacks.calledBack(row) ? OrderStatus.CALLED_BACK : OrderStatus.NOT_CALLED_BACK,
                callBacks.authenticity(row),
                approvals.of(row.id(), row.standing().round()).size(),
                Optional.of(row.standing().attempt()).filter(attempt -> attempt > 0),
                row.filed().receivedAt(),
                row.filed().deadline(),
                holds.until(row.id()),
                entry(row));
    }

    private OrderStatus.EntryReference entry(OrderRow row) {
        Optional<Recorded> recorded = log.find(row.chain().lastLeaf());
        return new OrderStatus.EntryReference(
                row.chain().lastLeaf(), recorded.map(Recorded::origin), recorded.map(Recorded::index));
    }

    /** A detail that is a code. The number of an attempt, an earlier state and another order's name are none. */
    private static Optional<String> reason(OrderState state) {
        boolean code = !(state instanceof OrderState.Executing
                || state instanceof OrderState.Clarification
                || state instanceof OrderState.Linked);
        return code ? StateText.detail(state) : Optional.empty();
    }

    private static List<String> sentences(String code) {
        return Stream.<CodedReason[]>of(Refusal.values(), DocumentFault.values(), StopReason.values())
                .flatMap(Stream::of)
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .map(reason -> List.of(reason.english(), reason.dutch()))
                .orElse(List.of());
    }

    private boolean mayRead(Caller caller, OrderRow row) {
        return switch (caller.role()) {
            case OFFICER -> true;
            case INVESTIGATOR, PROSECUTOR, JUDGE ->
                row.filed().authority().equals(caller.party().value());
            case CO_APPROVER -> voices.asked(caller, row, clock.instant());
            case RESELLER, SUPERVISOR, OPERATOR -> false;
        };
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
