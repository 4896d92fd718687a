// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp.cms;

import static org.sparekey.protocol.timestamp.cms.RefusedException.require;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPValidationException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.tsp.TimeStampTokenInfo;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.timestamp.TimeStamp;
import org.sparekey.protocol.timestamp.TimeStampFault;
import org.sparekey.protocol.timestamp.TimeStamps;

/** A granted TimeStampResp and what may be asked of it; an unexpected answer is a coded refusal. */
final class Reply {

    private final TimeStampToken token;

    private Reply(TimeStampToken token) {
        this.token = token;
    }

    /** Exactly one DER value, no byte more; granted, with a token (RFC 3161 section 2.4.2). */
    static Reply read(byte[] der) throws RefusedException {
        TimeStampResponse response = parse(der);
        int status = response.getStatus();
        require(status == PKIStatus.GRANTED || status == PKIStatus.GRANTED_WITH_MODS, TimeStampFault.NOT_GRANTED);
        TimeStampToken token = response.getTimeStampToken();
        if (token == null) {
            throw new RefusedException(TimeStampFault.NOT_GRANTED);
        }
        return new Reply(token);
    }

    private static TimeStampResponse parse(byte[] der) throws RefusedException {
        require(der.length <= TimeStamps.MAX_BYTES, TimeStampFault.UNREADABLE);
        try {
            ASN1Primitive.fromByteArray(der);
            return new TimeStampResponse(der);
        } catch (TSPValidationException e) {
            // What is signed beside the time contradicts it, or names no certificate.
            throw new RefusedException(TimeStampFault.SIGNATURE_INVALID, e);
        } catch (IOException | TSPException | RuntimeException e) {
            // Bouncy Castle's constructors answer garbage with whatever exception meets them first.
            throw new RefusedException(TimeStampFault.UNREADABLE, e);
        }
    }

    TimeStampToken token() {
        return token;
    }

    void requireImprint(Digest stamped) throws RefusedException {
        require(
                info().getMessageImprintAlgOID().equals(TSPAlgorithms.SHA256)
                        && Arrays.equals(info().getMessageImprintDigest(), stamped.array()),
                TimeStampFault.WRONG_IMPRINT);
    }

    void requireAnswer(TimeStampQuery query) throws RefusedException {
        require(query.nonce().equals(info().getNonce()), TimeStampFault.WRONG_NONCE);
        String policy = info().getPolicy().getId();
        require(query.policy().filter(asked -> !asked.equals(policy)).isEmpty(), TimeStampFault.WRONG_POLICY);
    }

    TimeStamp stamp(String authority) {
        return new TimeStamp(
                info().getGenTime().toInstant(), authority, info().getPolicy().getId(), info().getSerialNumber());
    }

    private TimeStampTokenInfo info() {
        return token.getTimeStampInfo();
    }
}
