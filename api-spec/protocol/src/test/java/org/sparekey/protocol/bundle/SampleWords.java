// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.security.cert.CertificateEncodingException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OutOfBandExecution;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OfficerRecord.What;

/** What the entries of the sample say in clear, as a gateway says it. */
final class SampleWords {

    private SampleWords() {}

    static void afterwards(SampleLog log, JointStatement joint) {
        try {
            OutOfBandExecution said = joint.read(OutOfBandExecution.class);
            log.append(
                    OutOfBandExecution.ENTRY_TYPE,
                    SampleCase.at(51),
                    joint.bytes(),
                    Map.of(
                            OutOfBandExecution.REASON,
                            said.reason().name(),
                            OutOfBandExecution.FINISHED_AT,
                            Wire.text(said.finishedAt())));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** An officer says that he did it himself. */
    static void reported(SampleLog log, What what, int second) {
        OfficerRecord record = new OfficerRecord(
                OfficerRecord.VERSION,
                OfficerRecord.TYPE,
                what,
                Optional.of(OfficerRecord.Means.ISOLATE_GUEST),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "Done by hand.");
        log.append(
                CaseEntry.OFFICER_RECORD,
                SampleCase.at(second),
                Wire.write(record),
                Map.of(CaseEntry.WHAT, what.name(), "means", "ISOLATE_GUEST"));
    }

    static Map<String, String> verdict(SortedMap<String, byte[]> members) {
        return Map.of(
                CaseEntry.MATRIX,
                Matrix.newest(),
                CaseEntry.ROW,
                SampleCase.ROW,
                CaseEntry.VERDICT,
                "CONTENT=ALLOW",
                CaseEntry.REVOCATION,
                revocation(members));
    }

    static String revocation(SortedMap<String, byte[]> members) {
        return members.entrySet().stream()
                .filter(member -> member.getKey().startsWith(BundleMembers.REVOCATION))
                .map(member -> Digest.sha256(member.getValue()).base64url())
                .collect(Collectors.joining(" "));
    }

    static void enter(SampleLog log, Approval approval, int second) {
        try {
            String decision = approval.read().decision().name();
            log.append(
                    CaseEntry.APPROVAL,
                    SampleCase.at(second),
                    Wire.write(approval),
                    Map.of(CaseEntry.DECISION, decision));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    static TrustFile.Person person(String number, String role, SigningKey key) {
        return new TrustFile.Person(number, role, key.keyId(), SmallCa.FROM, SmallCa.UNTIL, Optional.empty());
    }

    static TrustFile.Officer officer(String number, SigningKey key) {
        return new TrustFile.Officer(number, key.keyId(), SmallCa.FROM, SmallCa.UNTIL, Optional.empty());
    }

    static Bytes der(SmallCa ca) {
        try {
            return Bytes.of(ca.root().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
