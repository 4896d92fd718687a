// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.callback;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.KeyId;

/**
 * Whether one call-back counts: an enrolled officer signed it, it is about this order and the authority that the order
 * names, and the code is one that the gateway had given out for it. Pure; gateway and verifier ask it alike. That the
 * number is the register's is asked by the gateway, which has the register.
 */
public final class CallBackCheck {

    private CallBackCheck() {}

    /**
     * @param authority id of the one to be called, from the order: the issuer's, or the validator's
     * @param codes digests of the codes given out for this order and subject
     * @param at as of when
     */
    public record Facts(Digest orderDigest, CallBackSubject subject, String authority, Set<Digest> codes, Instant at) {

        public Facts {
            codes = Set.copyOf(codes);
        }
    }

    /** @return empty when it counts */
    public static Optional<CallBackFault> check(
            SignedDocument signed,
            CallBackRecord record,
            Facts facts,
            Function<Digest, Optional<EnrolledSigner>> enrolled) {
        Optional<EnrolledSigner> officer = enrolled.apply(KeyId.of(signed.leaf().getPublicKey()));
        if (officer.isEmpty()) {
            return Optional.of(CallBackFault.KEY_NOT_ENROLLED);
        }
        EnrolledSigner one = officer.get();
        return firstOf(
                () -> when(!signed.verifiedBy(signed.leaf().getPublicKey()), CallBackFault.SIGNATURE_INVALID),
                () -> when(!one.role().equals(ApprovalCheck.OFFICER), CallBackFault.NOT_AN_OFFICER),
                () -> when(!one.person().equals(record.officer()), CallBackFault.OTHER_OFFICER),
                () -> when(!one.inForce(facts.at()), CallBackFault.KEY_NOT_IN_FORCE),
                () -> when(!record.orderDigest().equals(facts.orderDigest()), CallBackFault.OTHER_ORDER),
                () -> when(
                        record.subject() != facts.subject()
                                || !record.authority().equals(facts.authority()),
                        CallBackFault.OTHER_AUTHORITY),
                () -> when(record.at().isAfter(facts.at().plus(ApprovalCheck.CLOCK_SKEW)), CallBackFault.NOT_YET),
                () -> code(record, facts));
    }

    private static Optional<CallBackFault> code(CallBackRecord record, Facts facts) {
        if (record.outcome() == CallBackOutcome.DENIED) {
            return Optional.empty();
        }
        try {
            CallBackCode code = CallBackCode.parse(record.code().orElseThrow());
            return when(
                    !facts.codes().contains(code.boundTo(facts.orderDigest(), facts.subject())),
                    CallBackFault.WRONG_CODE);
        } catch (MalformedException noCode) {
            return Optional.of(CallBackFault.WRONG_CODE);
        }
    }

    private static Optional<CallBackFault> when(boolean ground, CallBackFault fault) {
        return ground ? Optional.of(fault) : Optional.empty();
    }

    @SafeVarargs
    private static Optional<CallBackFault> firstOf(Supplier<Optional<CallBackFault>>... grounds) {
        return Stream.of(grounds).map(Supplier::get).flatMap(Optional::stream).findFirst();
    }
}
