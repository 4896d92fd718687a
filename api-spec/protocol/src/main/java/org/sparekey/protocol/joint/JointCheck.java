// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.approval.Proof;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.KeyId;

/** Whether two different enrolled officers signed one statement. Pure; gateway and verifier ask it alike. */
public final class JointCheck {

    /** The role of the register outside the hoster. */
    public static final String SUPERVISOR = "SUPERVISOR";

    private JointCheck() {}

    /**
     * @param read what the joint statement says, read from its own bytes
     * @param enrolled the register of document keys, by key id
     * @param at as of when the keys must be in force
     */
    public static JointVerdict check(
            JointStatement joint,
            OfficersStatement read,
            Function<Digest, Optional<EnrolledSigner>> enrolled,
            Instant at) {
        List<EnrolledSigner> officers = new ArrayList<>();
        try {
            for (SignedDocument signature : joint.signatures(read.type())) {
                Optional<EnrolledSigner> officer =
                        enrolled.apply(KeyId.of(signature.leaf().getPublicKey()));
                Optional<JointFault> fault = officer.isEmpty()
                        ? Optional.of(JointFault.KEY_NOT_ENROLLED)
                        : fault(signature, officer.get(), officers, at);
                if (fault.isPresent()) {
                    return new JointVerdict.Invalid(fault.get());
                }
                officers.add(officer.orElseThrow());
            }
        } catch (MalformedException e) {
            return new JointVerdict.Invalid(JointFault.PROOF_NOT_ACCEPTED);
        }
        return together(read, officers, at);
    }

    /**
     * The same for what two officers may not do alone: beside theirs stands the proof of the supervisor outside the hoster.
     *
     * @return who signed, the supervisor last
     */
    public static JointVerdict checkWithSupervisor(
            JointStatement joint,
            OfficersStatement read,
            Function<Digest, Optional<EnrolledSigner>> enrolled,
            Instant at) {
        List<Proof> officers = new ArrayList<>();
        List<EnrolledSigner> supervisors = new ArrayList<>();
        try {
            List<SignedDocument> signatures = joint.signatures(read.type());
            for (int i = 0; i < signatures.size(); i++) {
                PublicKey key = signatures.get(i).leaf().getPublicKey();
                Optional<EnrolledSigner> supervisor =
                        enrolled.apply(KeyId.of(key)).filter(one -> one.role().equals(SUPERVISOR));
                if (supervisor.isEmpty()) {
                    officers.add(joint.proofs().get(i));
                } else if (signatures.get(i).verifiedBy(key) && supervisor.get().inForce(at)) {
                    supervisors.add(supervisor.get());
                } else {
                    return new JointVerdict.Invalid(JointFault.NO_SUPERVISOR);
                }
            }
        } catch (MalformedException e) {
            return new JointVerdict.Invalid(JointFault.PROOF_NOT_ACCEPTED);
        }
        if (supervisors.size() != 1) {
            return new JointVerdict.Invalid(JointFault.NO_SUPERVISOR);
        }
        return check(new JointStatement(joint.statement(), officers), read, enrolled, at)
                .match(
                        two -> {
                            List<EnrolledSigner> three = new ArrayList<>(two);
                            three.addAll(supervisors);
                            return new JointVerdict.Valid(three);
                        },
                        JointVerdict.Invalid::new);
    }

    private static Optional<JointFault> fault(
            SignedDocument signature, EnrolledSigner officer, List<EnrolledSigner> earlier, Instant at) {
        if (!signature.verifiedBy(signature.leaf().getPublicKey())) {
            return Optional.of(JointFault.SIGNATURE_INVALID);
        }
        if (!officer.role().equals(ApprovalCheck.OFFICER)) {
            return Optional.of(JointFault.NOT_AN_OFFICER);
        }
        if (!officer.inForce(at)) {
            return Optional.of(JointFault.KEY_NOT_IN_FORCE);
        }
        return earlier.stream().anyMatch(officer::samePerson) ? Optional.of(JointFault.SAME_PERSON) : Optional.empty();
    }

    private static JointVerdict together(OfficersStatement read, List<EnrolledSigner> officers, Instant at) {
        if (officers.size() != OfficersStatement.NEEDED) {
            return new JointVerdict.Invalid(JointFault.TOO_FEW);
        }
        HashSet<String> named = new HashSet<>(read.officers());
        if (!officers.stream().map(EnrolledSigner::person).allMatch(named::remove)) {
            return new JointVerdict.Invalid(JointFault.OTHER_OFFICERS);
        }
        return read.time().isAfter(at.plus(ApprovalCheck.CLOCK_SKEW))
                ? new JointVerdict.Invalid(JointFault.NOT_YET)
                : new JointVerdict.Valid(officers);
    }
}
