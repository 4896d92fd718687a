// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;

/** The kinds of key the test PKI makes. */
public enum KeyKind {
    P_256,
    P_384,
    ED25519,
    RSA_3072;

    KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(
                    switch (this) {
                        case P_256, P_384 -> "EC";
                        case ED25519 -> "Ed25519";
                        case RSA_3072 -> "RSA";
                    });
            switch (this) {
                case P_256 -> generator.initialize(new ECGenParameterSpec("secp256r1"), random);
                case P_384 -> generator.initialize(new ECGenParameterSpec("secp384r1"), random);
                case RSA_3072 -> generator.initialize(3072, random);
                case ED25519 -> generator.initialize(255, random);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes keys of kind " + this, e);
        }
    }

    /** The algorithm by which a CA of this kind signs certificates and CRLs. */
    String signatureName() {
        return switch (this) {
            case P_256 -> "SHA256withECDSA";
            case P_384 -> "SHA384withECDSA";
            case ED25519 -> "Ed25519";
            case RSA_3072 -> "SHA256withRSA";
        };
    }
}
