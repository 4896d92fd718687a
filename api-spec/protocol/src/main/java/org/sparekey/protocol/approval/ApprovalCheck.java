// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.order.Issuer;

/**
 * Whether one approval counts: an enrolled officer signed it, and every field it is bound to equals the facts. Pure; the
 * gateway asks it at the door and again before execution, the node before it reads, the verifier years later.
 */
public final class ApprovalCheck {

    /** The office of the register that approves. */
    public static final String OFFICER = "OFFICER";

    /** A person of another organisation, enrolled to be the second beside an officer. */
    public static final String CO_APPROVER = "CO_APPROVER";

    /** How far an officer's clock may run ahead of ours. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** Nobody's yes is kept in a drawer: a later execution needs a new one. */
    public static final Duration MAX_VALIDITY = Duration.ofDays(7);

    /** Whoever answers to another organisation is asked again the next day: no officer of the hoster sees his word grow old. */
    public static final Duration MAX_VALIDITY_OUTSIDE = Duration.ofDays(1);

    private ApprovalCheck() {}

    /** Where nobody fills another's seat. */
    public static ApprovalVerdict check(
            Approval approval,
            ApprovalBasis basis,
            Issuer issuer,
            Function<Digest, Optional<EnrolledSigner>> enrolled,
            Instant at) {
        return check(approval, basis, issuer, enrolled, KnownDelegations.NONE, at);
    }

    /**
     * @param basis the facts as they are now
     * @param issuer of the order: he is not among its approvers
     * @param enrolled the register of document keys, by key id
     * @param delegations those that are in the log
     * @param at as of when the approval must hold
     */
    public static ApprovalVerdict check(
            Approval approval,
            ApprovalBasis basis,
            Issuer issuer,
            Function<Digest, Optional<EnrolledSigner>> enrolled,
            KnownDelegations delegations,
            Instant at) {
        ApprovalStatement statement;
        SignedDocument proof;
        try {
            statement = approval.read();
            proof = approval.jws();
        } catch (MalformedException e) {
            return new ApprovalVerdict.Invalid(ApprovalFault.PROOF_NOT_ACCEPTED);
        }
        Optional<EnrolledSigner> officer = enrolled.apply(KeyId.of(proof.leaf().getPublicKey()));
        if (officer.isEmpty()) {
            return new ApprovalVerdict.Invalid(ApprovalFault.KEY_NOT_ENROLLED);
        }
        return firstOf(
                        () -> signed(statement, proof, officer.get(), issuer, at),
                        () -> bound(statement, basis),
                        () -> timely(statement, officer.get(), at))
                .<ApprovalVerdict>map(ApprovalVerdict.Invalid::new)
                .orElseGet(() -> seated(approval, statement, officer.get(), enrolled, delegations, at));
    }

    /** For himself, or in the seat of the officer whose delegation he names, where it stands. */
    private static ApprovalVerdict seated(
            Approval approval,
            ApprovalStatement statement,
            EnrolledSigner officer,
            Function<Digest, Optional<EnrolledSigner>> enrolled,
            KnownDelegations delegations,
            Instant at) {
        if (statement.delegation().isEmpty()) {
            return new ApprovalVerdict.Valid(approval, statement, officer);
        }
        Optional<KnownDelegations.Held> held = statement.delegation().flatMap(delegations.known());
        if (held.isEmpty()) {
            return new ApprovalVerdict.Invalid(ApprovalFault.DELEGATION_UNKNOWN);
        }
        DelegationCheck.Found found = DelegationCheck.stands(
                held.get(), officer, statement.decision(), delegations.gatewayOrigin(), enrolled, at);
        if (found instanceof DelegationCheck.Falls) {
            return new ApprovalVerdict.Invalid(((DelegationCheck.Falls) found).fault());
        }
        DelegationCheck.Stands stands = (DelegationCheck.Stands) found;
        return new ApprovalVerdict.Valid(
                approval,
                statement,
                officer,
                Optional.of(new ApprovalVerdict.Delegated(
                        stands.delegator(), stands.said(), held.get().revokedAt())));
    }

    private static Optional<ApprovalFault> signed(
            ApprovalStatement statement, SignedDocument proof, EnrolledSigner officer, Issuer issuer, Instant at) {
        boolean own =
                officer.party().equals(issuer.authority()) && officer.person().equals(issuer.person());
        return firstOf(
                () -> when(!proof.verifiedBy(proof.leaf().getPublicKey()), ApprovalFault.SIGNATURE_INVALID),
                () -> when(own, ApprovalFault.OWN_ORDER),
                () -> when(!mayApprove(officer), ApprovalFault.NOT_AN_OFFICER),
                () -> when(interested(officer, issuer), ApprovalFault.INTERESTED),
                () -> when(!statement.officer().equals(officer.person()), ApprovalFault.OTHER_OFFICER),
                () -> when(!officer.inForce(at), ApprovalFault.KEY_NOT_IN_FORCE));
    }

    private static boolean mayApprove(EnrolledSigner officer) {
        return officer.role().equals(OFFICER) || officer.role().equals(CO_APPROVER);
    }

    /** Whoever comes from where the order comes from is no second pair of eyes. */
    private static boolean interested(EnrolledSigner officer, Issuer issuer) {
        return officer.role().equals(CO_APPROVER) && officer.party().equals(issuer.authority());
    }

    private static Optional<ApprovalFault> bound(ApprovalStatement statement, ApprovalBasis basis) {
        boolean law = statement.matrixRow().equals(basis.matrixRow())
                && statement.matrixVersion().equals(basis.matrixVersion());
        return firstOf(
                () -> when(!statement.orderDigest().equals(basis.orderDigest()), ApprovalFault.OTHER_ORDER),
                () -> when(!statement.verifiedLeaf().equals(basis.verifiedLeaf()), ApprovalFault.OTHER_ENTRY),
                () -> when(!law, ApprovalFault.OTHER_LAW),
                () -> when(!statement.asset().equals(basis.asset()), ApprovalFault.OTHER_TARGET),
                () -> when(!statement.diskIds().equals(basis.diskIds()), ApprovalFault.OTHER_DISKS),
                () -> when(
                        !statement.configurationHash().equals(basis.configurationHash()),
                        ApprovalFault.OTHER_CONFIGURATION),
                () -> when(!statement.recipients().equals(basis.recipients()), ApprovalFault.OTHER_RECIPIENTS),
                () -> when(statement.captureMemory() != basis.captureMemory(), ApprovalFault.OTHER_MEMORY),
                () -> when(!statement.copy().equals(basis.copy()), ApprovalFault.OTHER_COPY));
    }

    private static Optional<ApprovalFault> timely(ApprovalStatement statement, EnrolledSigner officer, Instant at) {
        Duration validity = Duration.between(statement.time(), statement.expiry());
        Duration longest = officer.role().equals(CO_APPROVER) ? MAX_VALIDITY_OUTSIDE : MAX_VALIDITY;
        return firstOf(
                () -> when(statement.time().isAfter(at.plus(CLOCK_SKEW)), ApprovalFault.NOT_YET),
                () -> when(!at.isBefore(statement.expiry()), ApprovalFault.EXPIRED),
                () -> when(validity.compareTo(longest) > 0, ApprovalFault.TOO_LONG));
    }

    private static Optional<ApprovalFault> when(boolean ground, ApprovalFault fault) {
        return ground ? Optional.of(fault) : Optional.empty();
    }

    @SafeVarargs
    private static Optional<ApprovalFault> firstOf(Supplier<Optional<ApprovalFault>>... grounds) {
        return Stream.of(grounds).map(Supplier::get).flatMap(Optional::stream).findFirst();
    }
}
