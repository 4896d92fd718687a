// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.DocumentFault;
import org.sparekey.protocol.document.DocumentVerdict;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.GatewayIdentity;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderCheck;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.Validation;
import org.sparekey.protocol.party.TrustRoot;

/**
 * Proofs 2 and 3 of an order: whose documents these are, and whether the law allows what they ask. Everything is judged as
 * of a given time with given revocation lists, at the door with the fetched ones and later with the stored ones.
 */
final class Verification {

    private final Parties parties;
    private final Supplier<Matrix> law;
    private final DssCheck secondOpinion;

    /** @param law the matrix that counts now */
    Verification(Parties parties, Supplier<Matrix> law, DssCheck secondOpinion) {
        this.parties = parties;
        this.law = law;
        this.secondOpinion = secondOpinion;
    }

    /** The same, by the matrix that counted when an order was received. */
    Verification under(String matrixVersion) {
        return new Verification(parties, () -> Matrix.packaged(matrixVersion).orElseThrow(), secondOpinion);
    }

    /** The roots whose revocation lists are needed: those of the authority that the order names as its issuer's. */
    List<TrustRoot> roots(String authority) {
        return PartyIds.parse(authority)
                .flatMap(parties::authority)
                .map(entry -> entry.roots())
                .orElse(List.of());
    }

    /**
     * @param crls DER
     * @param channelKeys key ids of the channel that brought the documents; empty when they are judged again
     */
    Finding verify(Submission submission, List<byte[]> crls, Set<Digest> channelKeys, Instant at) {
        List<DssCheck.Report> opinions = new ArrayList<>();
        Issuer issuer = submission.order().issuer();
        DocumentVerdict order = document(submission.signed(), issuer.authority(), crls, channelKeys, at, opinions);
        return order.match(
                signer -> signer.party().equals(issuer.authority())
                                && signer.person().equals(issuer.person())
                                && signer.role().equals(issuer.role())
                        ? authorised(submission, crls, channelKeys, at, opinions)
                        : new Finding.NotGenuine(DocumentFault.WRONG_SIGNER.code(), opinions),
                fault -> new Finding.NotGenuine(fault.code(), opinions),
                Finding.RevocationUnknown::new);
    }

    /** Whether an officer entered it: what arrived as PDF or on paper. */
    boolean paper(SignedDocument order) {
        return enteredBy(order).isPresent();
    }

    /** The number of the officer who entered it; empty for what its issuer signed. */
    Optional<String> enteredBy(SignedDocument order) {
        return signer(DocumentCheck.signer(order))
                .filter(signer -> signer.role().equals(Role.OFFICER.name()))
                .map(EnrolledSigner::person);
    }

    /**
     * What an officer typed in from a scan: his signature is for the typing, and the issuer's word is the call-back's. What
     * is still to be said over the telephone is not proven here.
     */
    Finding verifyPaper(Submission submission, List<byte[]> crls, Instant at) {
        if (!(standingPaper(submission.signed(), at) instanceof Finding.Genuine)) {
            return new Finding.NotGenuine(DocumentFault.KEY_NOT_IN_FORCE.code(), List.of());
        }
        OrderDocument order = submission.order();
        if (PartyIds.parse(order.issuer().authority())
                .flatMap(parties::authority)
                .isEmpty()) {
            return new Finding.NotGenuine(Refusal.ISSUER_NOT_IN_REGISTER.code(), List.of());
        }
        if (order.documents().isEmpty()) {
            return new Finding.NotGenuine(Refusal.SCAN_MISSING.code(), List.of());
        }
        if (order.kind().follows()) {
            return new Finding.NotGenuine(Refusal.NOT_ON_PAPER.code(), List.of());
        }
        List<DssCheck.Report> opinions = new ArrayList<>();
        boolean byTelephone =
                submission.validator().isEmpty() && order.validator().isPresent();
        return byTelephone
                ? judged(submission, new Validation.Unproven(), at, opinions)
                : authorised(submission, crls, Set.of(), at, opinions);
    }

    private Finding standingPaper(SignedDocument order, Instant at) {
        boolean stands = order.verifiedBy(order.leaf().getPublicKey())
                && signer(DocumentCheck.signer(order))
                        .filter(officer -> officer.inForce(at))
                        .isPresent();
        return stands
                ? new Finding.Genuine(new Judgement(Optional.empty(), "", Map.of()), List.of())
                : new Finding.NotGenuine(DocumentFault.KEY_NOT_IN_FORCE.code(), List.of());
    }

    private Finding authorised(
            Submission submission,
            List<byte[]> crls,
            Set<Digest> channelKeys,
            Instant at,
            List<DssCheck.Report> opinions) {
        if (submission.validator().isEmpty()) {
            return judged(submission, new Validation.Absent(), at, opinions);
        }
        Optional<Refusal> other = OrderCheck.validates(
                submission.validation().orElseThrow(),
                submission.order(),
                submission.signed().digest(),
                at);
        if (other.isPresent()) {
            return new Finding.NotAuthorised(other.get().code(), Optional.empty(), opinions);
        }
        SignedDocument validator = submission.validator().get();
        String authority = submission.order().validator().orElseThrow().authority();
        DocumentVerdict verdict = document(validator, authority, crls, channelKeys, at, opinions);
        return verdict.match(
                signer -> judged(
                        submission,
                        new Validation.Proven(signer.party(), signer.person(), signer.role()),
                        at,
                        opinions),
                fault -> new Finding.NotAuthorised(
                        Refusal.VALIDATOR_NOT_PROVEN.code(), Optional.of(fault.code()), opinions),
                Finding.RevocationUnknown::new);
    }

    private Finding judged(Submission submission, Validation validation, Instant at, List<DssCheck.Report> opinions) {
        OrderCheck.Facts facts = new OrderCheck.Facts(
                Optional.of(here()), validation, submission.signed().claimedAt(), at);
        return new Finding.Genuine(OrderCheck.judge(submission.order(), law.get(), facts), opinions);
    }

    /**
     * Whether the signers' keys and certificates still stand at a later time: revoked since, and nothing is executed. The
     * law is not asked again: it allowed the order when it was received.
     */
    Finding standing(Submission submission, List<byte[]> crls, Instant at) {
        List<DssCheck.Report> none = List.of();
        Finding order = paper(submission.signed())
                ? standingPaper(submission.signed(), at)
                : standing(submission.signed(), submission.order().issuer().authority(), crls, at);
        if (!(order instanceof Finding.Genuine) || submission.validator().isEmpty()) {
            return order;
        }
        String authority = submission.order().validator().orElseThrow().authority();
        Finding validator = standing(submission.validator().get(), authority, crls, at);
        return validator instanceof Finding.NotGenuine(String code, List<DssCheck.Report> _)
                ? new Finding.NotAuthorised(Refusal.VALIDATOR_NOT_PROVEN.code(), Optional.of(code), none)
                : validator;
    }

    private Finding standing(SignedDocument document, String authority, List<byte[]> crls, Instant at) {
        List<X509Certificate> roots =
                roots(authority).stream().map(TrustRoot::x509).toList();
        DocumentCheck.Trust trust = new DocumentCheck.Trust(roots, RevocationLists.parse(crls));
        return DocumentCheck.check(document, signer(DocumentCheck.signer(document)), trust, Set.of(), at)
                .match(
                        _ -> new Finding.Genuine(new Judgement(Optional.empty(), "", Map.of()), List.of()),
                        fault -> new Finding.NotGenuine(fault.code(), List.of()),
                        Finding.RevocationUnknown::new);
    }

    /** What every order must meet, for those that rest on no row of the matrix. */
    Optional<Refusal> unreceivable(Submission submission, Instant at) {
        return OrderCheck.unreceivable(
                submission.order(),
                new OrderCheck.Facts(
                        Optional.of(here()),
                        new Validation.Absent(),
                        submission.signed().claimedAt(),
                        at));
    }

    private DocumentVerdict document(
            SignedDocument document,
            String authority,
            List<byte[]> crls,
            Set<Digest> channelKeys,
            Instant at,
            List<DssCheck.Report> opinions) {
        List<X509Certificate> roots =
                roots(authority).stream().map(TrustRoot::x509).toList();
        DocumentVerdict verdict = DocumentCheck.check(
                document,
                signer(DocumentCheck.signer(document)),
                new DocumentCheck.Trust(roots, RevocationLists.parse(crls)),
                channelKeys,
                at);
        if (!(verdict instanceof DocumentVerdict.Authentic)) {
            return verdict;
        }
        DssCheck.Report opinion = secondOpinion.check(document, roots, crls, at);
        opinions.add(opinion);
        return opinion.passed() ? verdict : new DocumentVerdict.Refused(DocumentFault.SECOND_OPINION);
    }

    /** The register's knowledge of a document key, whatever its status: the check judges that as of its own time. */
    Optional<EnrolledSigner> signer(Digest keyId) {
        return parties.anyDocumentKey(keyId).map(Verification::signer);
    }

    private static EnrolledSigner signer(EnrolledKey key) {
        return new EnrolledSigner(
                key.party().value(),
                key.person(),
                key.role().name(),
                key.keyId(),
                key.from(),
                key.until(),
                key.revokedAt());
    }

    private GatewayIdentity here() {
        return parties.hoster()
                .map(hoster -> new GatewayIdentity(hoster.legalEntity(), hoster.gatewayOrigin()))
                .orElseThrow(() -> new IllegalStateException("the gateway was not bootstrapped"));
    }

    /** An authority's name as an order writes it may be no id at all: then nobody is meant. */
    private static final class PartyIds {
        static Optional<PartyId> parse(String text) {
            try {
                return Optional.of(new PartyId(text));
            } catch (IllegalArgumentException notAnId) {
                return Optional.empty();
            }
        }
    }
}
