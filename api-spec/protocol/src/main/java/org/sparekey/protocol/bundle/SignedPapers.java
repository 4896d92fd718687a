// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.DocumentVerdict;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/** Documents of authorities, judged as of the time they came: path, revocation lists of that day, enrolled key. */
final class SignedPapers {

    /** The types of the entry that says what an order was judged by; of a refused one nothing need be enclosed. */
    private static final Set<String> ACCEPTED = Set.of(CaseEntry.VERIFIED, CaseEntry.RECEIVED, "order.applied");

    private final Members members;
    private final TrustFile trust;
    private final LogChecks log;

    SignedPapers(Members members, TrustFile trust, LogChecks log) {
        this.members = members;
        this.trust = trust;
        this.log = log;
    }

    /** The document's enrolled signer as of a time. */
    EnrolledSigner authentic(SignedDocument signed, String authority, Instant at)
            throws ForgedException, MissingException, MalformedException {
        asEntered();
        Optional<EnrolledSigner> enrolled = trust.enrolled(DocumentCheck.signer(signed));
        DocumentVerdict verdict = DocumentCheck.check(signed, enrolled, path(authority), List.of(), at);
        Optional<Optional<Object>> fault = verdict.match(
                signer -> Optional.of(Optional.empty()), refused -> Optional.of(Optional.of(refused)), Optional::empty);
        need(fault.isPresent(), Finding.REVOCATION_MISSING, authority, at);
        if (fault.orElseThrow().isPresent()) {
            throw new ForgedException(Finding.GROUND, fault.orElseThrow().get());
        }
        return enrolled.orElseThrow();
    }

    /** Whoever leaves out the one answer that said "revoked" is noticed: the log names all that were had when it was accepted. */
    private void asEntered() throws ForgedException, MissingException {
        Optional<BundledEntry> accepted = log.caseLog().entries().stream()
                .filter(entry -> ACCEPTED.contains(entry.entry().type()))
                .findFirst();
        if (accepted.isEmpty()) {
            return;
        }
        Set<String> enclosed = new HashSet<>();
        for (String name : members.in(BundleMembers.REVOCATION)) {
            enclosed.add(Digest.sha256(members.need(name)).base64url());
        }
        String named = accepted.get().entry().clear().getOrDefault(CaseEntry.REVOCATION, "");
        Set<String> judged = named.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(named.split(" ")));
        require(judged.containsAll(enclosed), Finding.REVOCATION_OTHERWISE);
        need(enclosed.containsAll(judged), Finding.REVOCATION_OTHERWISE);
    }

    private DocumentCheck.Trust path(String authority) throws MissingException, MalformedException {
        List<X509Certificate> roots = new ArrayList<>();
        List<X509CRL> crls = new ArrayList<>();
        List<byte[]> answers = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Bytes root :
                    trust.authority(authority).map(TrustFile.Authority::roots).orElse(List.of())) {
                roots.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(root.array())));
            }
            for (String name : members.in(BundleMembers.REVOCATION)) {
                byte[] said = members.need(name);
                if (name.endsWith(BundleMembers.OCSP)) {
                    answers.add(said);
                } else {
                    crls.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(said)));
                }
            }
        } catch (CertificateException | CRLException e) {
            throw new MalformedException("", "a root or a revocation list that cannot be read", e);
        }
        need(!roots.isEmpty(), Finding.NO_ROOT, authority);
        return new DocumentCheck.Trust(roots, crls, answers);
    }
}
