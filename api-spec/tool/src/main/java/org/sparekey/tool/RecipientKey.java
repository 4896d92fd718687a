// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.interfaces.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KeyAgreeRecipientInformation;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** The private key (RSA or EC) of one recipient: opens {@code key.cms}. */
public final class RecipientKey {

    /** Far more than an identity of one line for 32 recipients takes. */
    private static final int MAX_ENVELOPE_BYTES = 1 << 20;

    private static final Provider BC = new BouncyCastleProvider();

    private final PrivateKey key;

    public RecipientKey(PrivateKey key) {
        this.key = key;
    }

    /** Reads an unencrypted PEM file: PKCS#8, or the older forms of {@code openssl genrsa} and {@code ecparam}. */
    public static RecipientKey read(Path pem) throws IOException {
        try (Reader text = Files.newBufferedReader(pem);
                PEMParser parser = new PEMParser(text)) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
                if (object instanceof PrivateKeyInfo pkcs8) {
                    return new RecipientKey(converter.getPrivateKey(pkcs8));
                }
                if (object instanceof PEMKeyPair pair) {
                    return new RecipientKey(converter.getPrivateKey(pair.getPrivateKeyInfo()));
                }
            }
        }
        throw new IOException("no unencrypted private key in " + pem.getFileName());
    }

    /**
     * Opens the envelope.
     *
     * @return the age identity file; the caller wipes it
     */
    byte[] open(Path envelope) throws IOException {
        if (Files.size(envelope) > MAX_ENVELOPE_BYTES) {
            throw new EvidenceException(EvidenceException.Kind.ALTERED, "the key envelope is far too large");
        }
        for (RecipientInformation recipient : recipients(Files.readAllBytes(envelope))) {
            byte[] identity = open(recipient);
            if (identity.length > 0) {
                return identity;
            }
        }
        throw new EvidenceException(
                EvidenceException.Kind.NOT_A_RECIPIENT, "this key is none that the evidence is sealed to");
    }

    private static Iterable<RecipientInformation> recipients(byte[] envelope) throws EvidenceException {
        try {
            return new CMSAuthEnvelopedData(envelope).getRecipientInfos();
        } catch (CMSException | IllegalArgumentException | ClassCastException e) {
            throw new EvidenceException(EvidenceException.Kind.ALTERED, "the key envelope is no CMS message", e);
        }
    }

    /** Empty when the key does not fit: whoever holds the right one gets authenticated content or nothing (RFC 5084). */
    private byte[] open(RecipientInformation recipient) {
        try {
            if (recipient instanceof KeyTransRecipientInformation && key instanceof RSAPrivateKey) {
                return recipient.getContent(new JceKeyTransAuthEnvelopedRecipient(key).setProvider(BC));
            }
            if (recipient instanceof KeyAgreeRecipientInformation && !(key instanceof RSAPrivateKey)) {
                return recipient.getContent(new JceKeyAgreeAuthEnvelopedRecipient(key).setProvider(BC));
            }
            return new byte[0];
        } catch (CMSException | RuntimeException another) {
            return new byte[0]; // Not ours: the next one may be.
        }
    }
}
