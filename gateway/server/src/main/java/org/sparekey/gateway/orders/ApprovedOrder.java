// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.order.Assurance;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Urgency;

/**
 * A verified order that two different officers approved for one located asset, under a lease: what the evidence room
 * works on. Only this room makes one. The lease ends by itself; whoever finds it lost stops acting.
 */
public final class ApprovedOrder {

    /** What is due next. */
    public enum Phase {
        /** Approved: begin the first attempt. */
        CAPTURE,
        /** Approved for a copy that a freezing made: take it over, read nothing. */
        TAKE_OVER,
        /** An attempt began and nobody knows how it ended: reconcile it first, never run it again blindly. */
        RECONCILE,
        /** Sealed, and two officers said release: let it go. */
        RELEASE,
        /** A take-down whose lesser means did not help: begin an attempt to take the guest off the net. */
        ISOLATE,
        /** Ordered to be undone. */
        RESTORE,
        /** Released: publish once the release entry is in a signed checkpoint. */
        PUBLISH
    }

    private final VerifiedOrder verified;
    private final ApprovalBasis basis;
    private final List<Approval> approvals;
    private final List<X509Certificate> recipients;
    private final Phase phase;
    private final int attempt;
    private final Lease lease;
    private final boolean calledBack;
    private final Assurance assurance;

    ApprovedOrder(
            VerifiedOrder verified,
            ApprovalBasis basis,
            List<Approval> approvals,
            List<X509Certificate> recipients,
            Phase phase,
            int attempt,
            Lease lease,
            boolean calledBack,
            Assurance assurance) {
        this.verified = verified;
        this.basis = basis;
        this.approvals = List.copyOf(approvals);
        this.recipients = List.copyOf(recipients);
        this.phase = phase;
        this.attempt = attempt;
        this.lease = lease;
        this.calledBack = calledBack;
        this.assurance = assurance;
    }

    /** How it was known that the order was its issuer's. */
    public Assurance assurance() {
        return assurance;
    }

    /** The same under a longer lease. */
    ApprovedOrder until(Instant until) {
        Lease longer = new Lease(lease.epoch(), until);
        return new ApprovedOrder(verified, basis, approvals, recipients, phase, attempt, longer, calledBack, assurance);
    }

    public OrderId id() {
        return verified.id();
    }

    /** Order JWS, its digest, its text, matrix row. */
    public VerifiedOrder verified() {
        return verified;
    }

    /** What the officers signed for: asset, disks, configuration hash, recipients, verified entry. */
    public ApprovalBasis basis() {
        return basis;
    }

    /** The valid approvals of this round, in the order they came. */
    public List<Approval> approvals() {
        return approvals;
    }

    /** Encryption certificates of the case team and the recovery certificate; their key ids are the basis's recipients. */
    public List<X509Certificate> recipients() {
        return recipients;
    }

    public Phase phase() {
        return phase;
    }

    /** CAPTURE: the number the coming attempt will have. Otherwise the number of the latest one. */
    public int attempt() {
        return attempt;
    }

    public Lease lease() {
        return lease;
    }

    /** Whether proof 4 was taken; false is said in ticket, manifest and bundle. */
    public boolean calledBack() {
        return calledBack;
    }

    /** In an emergency, after the call-back, one officer's word is enough for a copy that is sealed and withheld. */
    public boolean oneMaySecure() {
        return calledBack
                && basis.copy().isEmpty()
                && (verified.order().kind() == OrderKind.SNAPSHOT_COPY || OrderDecisions.copied(verified.order()))
                && verified.order().urgency() == Urgency.EMERGENCY;
    }

    @Override
    public String toString() {
        return "ApprovedOrder[" + id() + " " + phase + " " + attempt + "]";
    }

    /**
     * @param epoch grows with every claim: an outcome is accepted only under the newest
     * @param until when others may claim the order
     */
    public record Lease(long epoch, Instant until) {}
}
