// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.KeyId;

/**
 * The certificates that can open the evidence: the case team's and the authority's recovery certificate. Path and
 * revocation are checked where the approvals are; here only what makes the sealing itself meaningless.
 */
public final class Recipients {

    /** One alone would be one lost key away from lost evidence (4-evidence, "Pipeline"). */
    public static final int MIN = 2;

    public static final int MAX = 32;

    private static final int MIN_RSA_BITS = 2048;
    private static final Set<Integer> EC_BITS = Set.of(256, 384, 521);

    /** RFC 5280 section 4.2.1.3. */
    private static final int KEY_ENCIPHERMENT = 2;

    private static final int KEY_AGREEMENT = 4;

    private final List<X509Certificate> certificates;

    private Recipients(List<X509Certificate> certificates) {
        this.certificates = List.copyOf(certificates);
    }

    /** @throws CaptureException when two different keys are not left, or one is not for encryption, or not valid now */
    public static Recipients of(List<X509Certificate> certificates, Instant now) throws CaptureException {
        Set<Digest> keys = new HashSet<>();
        for (X509Certificate certificate : certificates) {
            checkTime(certificate, now);
            checkUse(certificate);
            keys.add(KeyId.of(certificate.getPublicKey()));
        }
        if (keys.size() < MIN) {
            throw new CaptureException(CaptureRefusal.RECIPIENTS_TOO_FEW, "at least two different recipients' keys");
        }
        if (certificates.size() > MAX) {
            throw new CaptureException(CaptureRefusal.RECIPIENTS_TOO_MANY, "at most " + MAX + " recipients");
        }
        return new Recipients(certificates);
    }

    public List<X509Certificate> certificates() {
        return certificates;
    }

    /** The key ids that the approvals name, sorted by their text, each once. */
    public List<Digest> keyIds() {
        return certificates.stream()
                .map(certificate -> KeyId.of(certificate.getPublicKey()))
                .distinct()
                .sorted(Comparator.comparing(Digest::base64url))
                .toList();
    }

    private static void checkTime(X509Certificate certificate, Instant now) throws CaptureException {
        Date at = Date.from(now);
        if (at.before(certificate.getNotBefore()) || at.after(certificate.getNotAfter())) {
            throw new CaptureException(
                    CaptureRefusal.RECIPIENT_NOT_VALID_NOW,
                    "a recipient's certificate has expired or is not valid yet");
        }
    }

    private static void checkUse(X509Certificate certificate) throws CaptureException {
        boolean[] usage = certificate.getKeyUsage();
        int bit = bit(certificate);
        if (usage == null || !usage[bit] || certificate.getBasicConstraints() >= 0) {
            throw new CaptureException(
                    CaptureRefusal.RECIPIENT_KEY_USAGE,
                    "a recipient's certificate does not say keyEncipherment (RSA) or keyAgreement (EC)");
        }
    }

    private static int bit(X509Certificate certificate) throws CaptureException {
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() >= MIN_RSA_BITS) {
            return KEY_ENCIPHERMENT;
        }
        if (certificate.getPublicKey() instanceof ECPublicKey ec
                && EC_BITS.contains(ec.getParams().getCurve().getField().getFieldSize())) {
            return KEY_AGREEMENT;
        }
        throw new CaptureException(
                CaptureRefusal.RECIPIENT_KEY_UNSUPPORTED, "recipients' keys are RSA from 2048 bits, or NIST EC");
    }
}
