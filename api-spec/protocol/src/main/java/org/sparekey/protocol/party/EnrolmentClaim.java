// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.KeyAlgorithm;
import org.sparekey.protocol.key.KeyId;

/**
 * The keys that a holder wants enrolled, all in one step. Each of them signs these very bytes: that is the proof of
 * possession ({@link EnrolmentRequest}).
 *
 * @param gateway HTTPS origin of the API it is meant for: a claim serves no other gateway
 * @param enrolment what the claim answers, such as {@code ENR-7Q4F-2KX9}, or {@link #ROTATION}
 */
public record EnrolmentClaim(
        int v, String type, String gateway, String enrolment, List<Key> keys, Instant time, Bytes salt) {

    public static final String TYPE = "enrolment-claim";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;

    /** In place of a code: the old key's signature speaks instead. */
    public static final String ROTATION = "rotation";

    /** @param certificate DER; it carries the key, and is no proof of anything else */
    public record Key(KeyUse use, Bytes certificate) {

        public Key {
            KeyAlgorithm.of(Certificates.parse(certificate).getPublicKey());
        }

        public X509Certificate x509() {
            return Certificates.parse(certificate);
        }

        public Digest keyId() {
            return KeyId.of(x509().getPublicKey());
        }
    }

    public EnrolmentClaim {
        keys = List.copyOf(keys);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an enrolment claim of version 1");
        }
        if (!enrolment.equals(ROTATION) && !EnrolmentCode.isEnrolment(enrolment)) {
            throw new IllegalArgumentException("not the code of an enrolment");
        }
        if (salt.length() != SALT_BYTES || keys.isEmpty()) {
            throw new IllegalArgumentException("a salt has 32 bytes, and something is claimed");
        }
        Name.distinct(keys.stream().map(Key::use).toList(), "one key for each use");
        Name.distinct(keys.stream().map(Key::keyId).toList(), "a key serves one layer only");
    }

    /** The key as it would be enrolled from an instant on: for a year at most, within its certificate's validity. */
    public static KeyEnrolment enrolled(Key key, Instant from) {
        Instant notBefore = key.x509().getNotBefore().toInstant();
        Instant notAfter = key.x509().getNotAfter().toInstant();
        Instant begins = from.isBefore(notBefore) ? notBefore : from;
        Instant longest = begins.plus(KeyEnrolment.MAX_VALIDITY);
        return new KeyEnrolment(key.use(), key.certificate(), begins, notAfter.isBefore(longest) ? notAfter : longest);
    }
}
