// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.KeyId;

/**
 * Whether a signed document is its signer's, as of a given time: the key is enrolled and in force, the signature holds,
 * and the certificate leads to a root the authority enrolled and nothing on the way is revoked. Pure: lists and answers are
 * given, so that the same verdict can be reached years later.
 */
public final class DocumentCheck {

    private DocumentCheck() {}

    /**
     * What the path is judged by.
     *
     * @param authorities of certificates, enrolled by the signer's authority: roots, and those between a root and a signer; one
     *     inside the document counts for nothing
     * @param crls revocation lists of these
     * @param answers DER OCSP responses (RFC 6960) about signers and authorities
     */
    public record Trust(List<X509Certificate> authorities, List<X509CRL> crls, List<byte[]> answers) {
        public Trust {
            authorities = List.copyOf(authorities);
            crls = List.copyOf(crls);
            answers = List.copyOf(answers);
        }

        /** By lists alone. */
        public Trust(List<X509Certificate> authorities, List<X509CRL> crls) {
            this(authorities, crls, List.of());
        }

        List<X509Certificate> anchors() {
            return authorities.stream().filter(Certificates::root).toList();
        }

        List<X509Certificate> intermediates() {
            return authorities.stream()
                    .filter(authority -> !Certificates.root(authority))
                    .toList();
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
        return SignerPath.fault(document.leaf(), trust, at)
                .orElseGet(() -> new DocumentVerdict.Authentic(enrolled.get()));
    }
}
