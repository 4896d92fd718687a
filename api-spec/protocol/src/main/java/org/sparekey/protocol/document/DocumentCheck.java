// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.KeyId;

/**
 * Whether a signed document is its signer's, as of a given time: the key is enrolled and in force, the signature holds,
 * and the certificate leads to a root the authority enrolled and is on no revocation list. Pure: the lists are given, so
 * that the same verdict can be reached years later. The JDK's PKIX validation (RFC 5280 section 6) judges the path.
 */
public final class DocumentCheck {

    private DocumentCheck() {}

    /**
     * What the path is judged by.
     *
     * @param roots enrolled by the signer's authority; a root inside the document counts for nothing
     * @param crls revocation lists of these roots
     */
    public record Trust(List<X509Certificate> roots, List<X509CRL> crls) {
        public Trust {
            roots = List.copyOf(roots);
            crls = List.copyOf(crls);
        }
    }

    /** The key id of the leaf, by which the register is asked who signed. */
    public static Digest signer(SignedDocument document) {
        return KeyId.of(document.leaf().getPublicKey());
    }

    /**
     * @param enrolled what the register holds for {@link #signer}
     * @param channelKeys key ids of the connection and the message that brought the document; empty where there is none
     * @param at as of when everything is judged: now at the door, the proven time of receipt afterwards
     */
    public static DocumentVerdict check(
            SignedDocument document,
            Optional<EnrolledSigner> enrolled,
            Trust trust,
            Collection<Digest> channelKeys,
            Instant at) {
        if (enrolled.isEmpty() || !enrolled.get().keyId().equals(signer(document))) {
            return new DocumentVerdict.Refused(DocumentFault.KEY_NOT_ENROLLED);
        }
        if (!document.verifiedBy(document.leaf().getPublicKey())) {
            return new DocumentVerdict.Refused(DocumentFault.SIGNATURE_INVALID);
        }
        if (channelKeys.contains(enrolled.get().keyId())) {
            return new DocumentVerdict.Refused(DocumentFault.CHANNEL_KEY);
        }
        if (!enrolled.get().inForce(at)) {
            return new DocumentVerdict.Refused(DocumentFault.KEY_NOT_IN_FORCE);
        }
        return path(document.chain(), trust, at).orElseGet(() -> new DocumentVerdict.Authentic(enrolled.get()));
    }

    /** Empty when the path holds. */
    private static Optional<DocumentVerdict> path(List<X509Certificate> chain, Trust trust, Instant at) {
        try {
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(belowRoot(chain, trust));
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            validator.validate(path, parameters(trust, at, validator));
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return Optional.of(verdict(e));
        } catch (GeneralSecurityException e) {
            return Optional.of(new DocumentVerdict.Refused(DocumentFault.PATH_INVALID));
        }
    }

    private static PKIXParameters parameters(Trust trust, Instant at, CertPathValidator validator)
            throws GeneralSecurityException {
        Set<TrustAnchor> anchors =
                trust.roots().stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet());
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setDate(Date.from(at));
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(trust.crls())));
        PKIXRevocationChecker revocation = (PKIXRevocationChecker) validator.getRevocationChecker();
        revocation.setOptions(
                EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
        parameters.addCertPathChecker(revocation);
        return parameters;
    }

    /** The chain without the enrolled root and what follows it: PKIX wants the path up to the anchor. */
    private static List<X509Certificate> belowRoot(List<X509Certificate> chain, Trust trust) {
        return chain.stream()
                .takeWhile(certificate -> !trust.roots().contains(certificate))
                .toList();
    }

    private static DocumentVerdict verdict(CertPathValidatorException e) {
        if (e.getReason() == BasicReason.UNDETERMINED_REVOCATION_STATUS) {
            return new DocumentVerdict.RevocationUnknown();
        }
        if (e.getReason() == BasicReason.REVOKED) {
            return new DocumentVerdict.Refused(DocumentFault.CERTIFICATE_REVOKED);
        }
        boolean validity = e.getReason() == BasicReason.EXPIRED || e.getReason() == BasicReason.NOT_YET_VALID;
        return new DocumentVerdict.Refused(validity ? DocumentFault.CERTIFICATE_EXPIRED : DocumentFault.PATH_INVALID);
    }
}
