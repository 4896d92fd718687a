// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/**
 * Whether a delegation stands. Pure; the gateway asks it when it is entered and whenever the delegate's word is counted, the
 * verifier years later.
 */
public final class DelegationCheck {

    private DelegationCheck() {}

    /** What was found. */
    public sealed interface Found {}

    /** @param delegator the officer whose seat is filled */
    public record Stands(Delegation said, EnrolledSigner delegator) implements Found {}

    public record Falls(ApprovalFault fault) implements Found {}

    /**
     * Whose word it is, whatever its term: what is asked before it is kept.
     *
     * @param enrolled the register of document keys, by key id
     */
    public static Found signed(
            SignedDocument document,
            String gatewayOrigin,
            Function<Digest, Optional<EnrolledSigner>> enrolled,
            Instant at) {
        Delegation said;
        try {
            said = document.read(Delegation.TYPE, Delegation.class);
        } catch (MalformedException e) {
            return new Falls(ApprovalFault.DELEGATION_INVALID);
        }
        Optional<EnrolledSigner> signer = enrolled.apply(DocumentCheck.signer(document));
        if (signer.isEmpty() || !document.verifiedBy(document.leaf().getPublicKey())) {
            return new Falls(ApprovalFault.DELEGATION_INVALID);
        }
        EnrolledSigner delegator = signer.get();
        // Whoever has a voice by delegation only has none to pass on, and nobody gives away another's.
        boolean his = delegator.role().equals(ApprovalCheck.OFFICER)
                && delegator.person().equals(said.delegator())
                && !(delegator.party().equals(said.party())
                        && delegator.person().equals(said.delegate()));
        if (!his) {
            return new Falls(ApprovalFault.DELEGATION_NOT_HIS);
        }
        if (!delegator.inForce(at)) {
            return new Falls(ApprovalFault.DELEGATOR_NOT_IN_FORCE);
        }
        return said.gatewayOrigin().equals(gatewayOrigin)
                ? new Stands(said, delegator)
                : new Falls(ApprovalFault.DELEGATION_ELSEWHERE);
    }

    /** Whether it lets this one say this at that time. */
    static Found stands(
            KnownDelegations.Held held,
            EnrolledSigner delegate,
            Decision decision,
            String gatewayOrigin,
            Function<Digest, Optional<EnrolledSigner>> enrolled,
            Instant at) {
        Found signed = signed(held.document(), gatewayOrigin, enrolled, at);
        if (!(signed instanceof Stands)) {
            return signed;
        }
        Delegation said = ((Stands) signed).said();
        boolean named = said.party().equals(delegate.party()) && said.delegate().equals(delegate.person());
        boolean revoked = held.revokedAt().filter(since -> !at.isBefore(since)).isPresent();
        return Stream.of(
                        when(!named, ApprovalFault.DELEGATION_OTHER_DELEGATE),
                        when(!said.decisions().contains(decision), ApprovalFault.DELEGATION_OTHER_DECISION),
                        when(at.isBefore(said.from()), ApprovalFault.DELEGATION_NOT_YET),
                        when(!at.isBefore(said.until()), ApprovalFault.DELEGATION_EXPIRED),
                        when(revoked, ApprovalFault.DELEGATION_REVOKED))
                .flatMap(Optional::stream)
                .findFirst()
                .<Found>map(Falls::new)
                .orElse(signed);
    }

    private static Optional<ApprovalFault> when(boolean ground, ApprovalFault fault) {
        return ground ? Optional.of(fault) : Optional.empty();
    }
}
