// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp.cms;

import java.util.Collection;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.timestamp.TimeStampVerdict;
import org.sparekey.protocol.timestamp.TimeStamps;

/** The checks of RFC 3161 section 2.2 and of a verifier years later; each refusal has one code. */
public final class CmsTimeStamps implements TimeStamps {

    @Override
    public TimeStampVerdict check(byte[] reply, Digest stamped, Collection<Bytes> roots) {
        try {
            Reply read = Reply.read(reply);
            read.requireImprint(stamped);
            return judge(read, roots);
        } catch (RefusedException e) {
            return new TimeStampVerdict.Refused(e.fault());
        }
    }

    /** The same, and that it answers this question: its nonce, and its policy (RFC 3161 section 2.4.2). */
    public TimeStampVerdict check(byte[] reply, TimeStampQuery query, Collection<Bytes> roots) {
        try {
            Reply read = Reply.read(reply);
            read.requireImprint(query.stamped());
            read.requireAnswer(query);
            return judge(read, roots);
        } catch (RefusedException e) {
            return new TimeStampVerdict.Refused(e.fault());
        }
    }

    private static TimeStampVerdict judge(Reply read, Collection<Bytes> roots) throws RefusedException {
        StampSigner signer = StampSigner.of(read.token());
        signer.requireSigned();
        signer.requireTrusted(roots);
        return new TimeStampVerdict.Stamped(read.stamp(signer.subject()));
    }
}
