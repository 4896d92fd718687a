// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.pki;

import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** What a certificate's key may do (RFC 5280 sections 4.2.1.3 and 4.2.1.12). */
public enum Purpose {
    TLS_SERVER(KeyUsage.digitalSignature, KeyPurposeId.id_kp_serverAuth),
    TLS_CLIENT(KeyUsage.digitalSignature, KeyPurposeId.id_kp_clientAuth),
    MESSAGE(KeyUsage.digitalSignature, null),
    DOCUMENT(KeyUsage.digitalSignature | KeyUsage.nonRepudiation, null),
    ENCRYPTION(0, null),
    /** Stamps time and nothing else: RFC 3161 section 2.3 wants the one usage critical. */
    TIME_STAMP(KeyUsage.digitalSignature, KeyPurposeId.id_kp_timeStamping);

    private final int usage;
    private final @org.jspecify.annotations.Nullable KeyPurposeId extended;

    Purpose(int usage, @org.jspecify.annotations.Nullable KeyPurposeId extended) {
        this.usage = usage;
        this.extended = extended;
    }

    /** An encryption key wraps by what its kind can: RSA enciphers, EC agrees (RFC 5652 section 6.2, RFC 5753). */
    KeyUsage usage(KeyKind kind) {
        if (this == ENCRYPTION) {
            return new KeyUsage(kind == KeyKind.RSA_3072 ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement);
        }
        return new KeyUsage(usage);
    }

    boolean critical() {
        return this == TIME_STAMP;
    }

    Optional<KeyPurposeId> extended() {
        return Optional.ofNullable(extended);
    }
}
