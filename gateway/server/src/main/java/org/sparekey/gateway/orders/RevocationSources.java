// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.sparekey.protocol.document.Certificates;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.party.TrustRoot;

/** Asks everybody who can revoke something on the way to a signer, side by side: lists and responders, as enrolled. */
final class RevocationSources {

    private final RevocationLists lists;
    private final Responders responders;

    RevocationSources(RevocationLists lists, Responders responders) {
        this.lists = lists;
        this.responders = responders;
    }

    /** A responder that is enrolled for this certificate. */
    private record Question(X509Certificate certificate, TrustRoot issuer) {}

    /**
     * @param authorities of certificates that the signers' authorities enrolled
     * @return empty when a responder that was enrolled did not answer: nothing can be said without it. A list that cannot be
     *     had is left out; whoever needs it finds that revocation is unknown.
     */
    Optional<RevocationEvidence> ask(List<TrustRoot> authorities, List<SignedDocument> documents) {
        List<Question> questions = questions(authorities, documents);
        List<Callable<Optional<byte[]>>> calls = new ArrayList<>();
        authorities.stream()
                .map(authority -> URI.create(authority.crl()))
                .distinct()
                .forEach(location -> calls.add(() -> lists.fetch(location)));
        int listed = calls.size();
        questions.forEach(question -> calls.add(() -> responders.ask(question.certificate(), question.issuer())));
        List<Optional<byte[]>> said = SideBySide.together(calls);
        List<Optional<byte[]>> answers = said.subList(listed, said.size());
        return answers.stream().allMatch(Optional::isPresent)
                ? Optional.of(new RevocationEvidence(there(said.subList(0, listed)), there(answers)))
                : Optional.empty();
    }

    private static List<byte[]> there(List<Optional<byte[]>> said) {
        return said.stream().flatMap(Optional::stream).toList();
    }

    private static List<Question> questions(List<TrustRoot> authorities, List<SignedDocument> documents) {
        List<X509Certificate> asked = Stream.concat(
                        documents.stream().map(SignedDocument::leaf),
                        authorities.stream()
                                .map(TrustRoot::x509)
                                .filter(certificate -> !Certificates.root(certificate)))
                .distinct()
                .toList();
        return asked.stream()
                .flatMap(certificate -> authorities.stream()
                        .filter(authority -> authority.ocsp().isPresent())
                        .filter(authority -> Certificates.issued(authority.x509(), certificate))
                        .map(authority -> new Question(certificate, authority)))
                .toList();
    }
}
