// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sparekey.protocol.callback.CallBackCode;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackRecord;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.SigningKey;

/** The sample's call to the issuer on the register's number. */
final class SampleCall {

    private SampleCall() {}

    static void made(
            SampleLog log,
            Digest orderDigest,
            boolean codeGiven,
            UnaryOperator<CallBackRecord> call,
            SigningKey caller) {
        try {
            CallBackCode code = CallBackCode.parse("7Q4F-2KX9-ABCD-EFGH");
            String given = code.boundTo(orderDigest, CallBackSubject.ISSUER).base64url();
            if (codeGiven) {
                log.append(
                        CaseEntry.CALL_BACK_CODE,
                        SampleCase.at(6),
                        SampleCase.ascii("{}"),
                        Map.of(CaseEntry.CODE, given, CaseEntry.SUBJECT, CallBackSubject.ISSUER.name()));
            }
            CallBackRecord record = new CallBackRecord(
                    CallBackRecord.VERSION,
                    CallBackRecord.TYPE,
                    orderDigest,
                    CallBackSubject.ISSUER,
                    SampleCase.AUTHORITY,
                    "+31 70 000 0000",
                    CallBackOutcome.CONFIRMED,
                    Optional.of(code.reveal()),
                    "O-1",
                    SampleCase.at(7),
                    SampleCase.salt(11));
            CallBackRecord said = call.apply(record);
            log.append(
                    CaseEntry.CALLED_BACK,
                    SampleCase.at(7),
                    SampleCase.sign(CallBackRecord.TYPE, said, caller, SampleCase.at(7)),
                    Map.of(
                            CaseEntry.SUBJECT,
                            said.subject().name(),
                            CaseEntry.OUTCOME,
                            said.outcome().name()));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }
}
