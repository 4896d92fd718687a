// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.DocumentFault;
import org.sparekey.protocol.document.DocumentVerdict;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.TrustRoot;

/** Whose one document is, by the check of protocol and then by EU DSS; several of them side by side. */
final class DocumentJudge {

    private final Parties parties;
    private final DssCheck secondOpinion;
    private final SideBySide sideBySide;

    DocumentJudge(Parties parties, DssCheck secondOpinion, SideBySide sideBySide) {
        this.parties = parties;
        this.secondOpinion = secondOpinion;
        this.sideBySide = sideBySide;
    }

    /** @param authority by the name that the order gives it */
    record Paper(SignedDocument document, String authority) {}

    /** @param opinion where the check of protocol let it get so far */
    record Judged(DocumentVerdict verdict, Optional<DssCheck.Report> opinion) {}

    /** As of one time, in the order of the papers. */
    List<Judged> judge(List<Paper> papers, RevocationEvidence evidence, Set<Digest> channelKeys, Instant at) {
        return sideBySide.all(papers.stream()
                .<Callable<Judged>>map(paper -> {
                    // The register is asked here, so that no more connections are taken than the request has.
                    Optional<EnrolledSigner> signer = signer(DocumentCheck.signer(paper.document()));
                    List<X509Certificate> authorities = certificates(paper.authority(), at);
                    return () -> judge(paper.document(), signer, authorities, evidence, channelKeys, at);
                })
                .toList());
    }

    private Judged judge(
            SignedDocument document,
            Optional<EnrolledSigner> signer,
            List<X509Certificate> authorities,
            RevocationEvidence evidence,
            Set<Digest> channelKeys,
            Instant at) {
        DocumentVerdict verdict = DocumentCheck.check(document, signer, evidence.under(authorities), channelKeys, at);
        if (!(verdict instanceof DocumentVerdict.Authentic)) {
            return new Judged(verdict, Optional.empty());
        }
        DssCheck.Report opinion = secondOpinion.check(document, authorities, evidence, at);
        return new Judged(
                opinion.passed() ? verdict : new DocumentVerdict.Refused(DocumentFault.SECOND_OPINION),
                Optional.of(opinion));
    }

    /** Without the second opinion, which nothing but a new document could change. */
    DocumentVerdict stands(Paper paper, RevocationEvidence evidence, Instant at) {
        return DocumentCheck.check(
                paper.document(),
                signer(DocumentCheck.signer(paper.document())),
                evidence.under(certificates(paper.authority(), at)),
                Set.of(),
                at);
    }

    /** The register's knowledge of a document key, whatever its status: the check judges that as of its own time. */
    Optional<EnrolledSigner> signer(Digest keyId) {
        return parties.signer(keyId);
    }

    /** Those of the authority that the order names, as they were enrolled at that time. */
    List<TrustRoot> authorities(String name, Instant at) {
        return party(name)
                .flatMap(party -> parties.authority(party, at))
                .map(AuthorityEntry::roots)
                .orElse(List.of());
    }

    Optional<AuthorityEntry> authority(String name) {
        return party(name).flatMap(parties::authority);
    }

    private List<X509Certificate> certificates(String authority, Instant at) {
        return authorities(authority, at).stream().map(TrustRoot::x509).toList();
    }

    /** An authority's name as an order writes it may be no id at all: then nobody is meant. */
    private static Optional<PartyId> party(String text) {
        try {
            return Optional.of(new PartyId(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
