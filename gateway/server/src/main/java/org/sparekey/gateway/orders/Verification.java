// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.DocumentFault;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.GatewayIdentity;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderCheck;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.Validation;
import org.sparekey.protocol.order.ValidatorReference;
import org.sparekey.protocol.party.TrustRoot;

/**
 * Proofs 2 and 3 of an order: whose documents these are, and whether the law allows what they ask. Everything is judged as
 * of a given time with given revocation lists, at the door with the fetched ones and later with the stored ones.
 */
final class Verification {

    private final Parties parties;
    private final Supplier<Matrix> law;
    private final DocumentJudge judge;

    /** @param law the matrix that counts now */
    Verification(Parties parties, Supplier<Matrix> law, DocumentJudge judge) {
        this.parties = parties;
        this.law = law;
        this.judge = judge;
    }

    /** The same, by the matrix that counted when an order was received. */
    Verification under(String matrixVersion) {
        return new Verification(parties, () -> Matrix.packaged(matrixVersion).orElseThrow(), judge);
    }

    /**
     * Whose word about revocation is needed: that of the authorities of certificates of whom the order names as its issuer's
     * and as its judge's.
     */
    List<TrustRoot> authorities(OrderDocument order, Instant at) {
        List<TrustRoot> needed =
                new ArrayList<>(judge.authorities(order.issuer().authority(), at));
        order.validator().map(ValidatorReference::authority).map(name -> judge.authorities(name, at)).stream()
                .flatMap(List::stream)
                .filter(authority -> !needed.contains(authority))
                .forEach(needed::add);
        return needed;
    }

    /**
     * The order and the authorisation of it are checked side by side.
     *
     * @param channelKeys key ids of the channel that brought the documents; empty when they are judged again
     */
    Finding verify(Submission submission, RevocationEvidence evidence, Set<Digest> channelKeys, Instant at) {
        Issuer issuer = submission.order().issuer();
        List<DocumentJudge.Paper> papers = new ArrayList<>();
        papers.add(new DocumentJudge.Paper(submission.signed(), issuer.authority()));
        papers.addAll(authorisations(submission));
        List<DocumentJudge.Judged> judged = judge.judge(papers, evidence, channelKeys, at);
        List<DssCheck.Report> opinions =
                judged.stream().flatMap(each -> each.opinion().stream()).toList();
        return judged.get(0)
                .verdict()
                .match(
                        signer -> signer.party().equals(issuer.authority())
                                        && signer.person().equals(issuer.person())
                                        && signer.role().equals(issuer.role())
                                ? authorised(submission, judged.subList(1, judged.size()), at, opinions)
                                : new Finding.NotGenuine(DocumentFault.WRONG_SIGNER.code(), opinions),
                        fault -> new Finding.NotGenuine(fault.code(), opinions),
                        Finding.RevocationUnknown::new);
    }

    /** None, where the order names nobody who could have given it. */
    private static List<DocumentJudge.Paper> authorisations(Submission submission) {
        return submission.validator().stream()
                .flatMap(validator -> submission.order().validator().stream()
                        .map(named -> new DocumentJudge.Paper(validator, named.authority())))
                .toList();
    }

    /** Whether an officer entered it: what arrived as PDF or on paper. */
    boolean paper(SignedDocument order) {
        return enteredBy(order).isPresent();
    }

    /** The number of the officer who entered it; empty for what its issuer signed. */
    Optional<String> enteredBy(SignedDocument order) {
        return judge.signer(DocumentCheck.signer(order))
                .filter(signer -> signer.role().equals(Role.OFFICER.name()))
                .map(EnrolledSigner::person);
    }

    /**
     * What an officer typed in from a scan: his signature is for the typing, and the issuer's word is the call-back's. What
     * is still to be said over the telephone is not proven here.
     */
    Finding verifyPaper(Submission submission, RevocationEvidence evidence, Instant at) {
        if (!(standingPaper(submission.signed(), at) instanceof Finding.Genuine)) {
            return new Finding.NotGenuine(DocumentFault.KEY_NOT_IN_FORCE.code(), List.of());
        }
        OrderDocument order = submission.order();
        if (judge.authority(order.issuer().authority()).isEmpty()) {
            return new Finding.NotGenuine(Refusal.ISSUER_NOT_IN_REGISTER.code(), List.of());
        }
        if (order.documents().isEmpty()) {
            return new Finding.NotGenuine(Refusal.SCAN_MISSING.code(), List.of());
        }
        if (order.kind().follows() && order.kind() != OrderKind.WITHDRAWAL) {
            return new Finding.NotGenuine(Refusal.NOT_ON_PAPER.code(), List.of());
        }
        boolean byTelephone =
                submission.validator().isEmpty() && order.validator().isPresent();
        if (byTelephone) {
            return judged(submission, new Validation.Unproven(), at, List.of());
        }
        List<DocumentJudge.Judged> judged = judge.judge(authorisations(submission), evidence, Set.of(), at);
        List<DssCheck.Report> opinions =
                judged.stream().flatMap(each -> each.opinion().stream()).toList();
        return authorised(submission, judged, at, opinions);
    }

    private Finding standingPaper(SignedDocument order, Instant at) {
        boolean stands = order.verifiedBy(order.leaf().getPublicKey())
                && judge.signer(DocumentCheck.signer(order))
                        .filter(officer -> officer.inForce(at))
                        .isPresent();
        return stands
                ? new Finding.Genuine(new Judgement(Optional.empty(), "", Map.of()), List.of())
                : new Finding.NotGenuine(DocumentFault.KEY_NOT_IN_FORCE.code(), List.of());
    }

    /** @param authorisation as it was judged, where there is one and the order names its judge */
    private Finding authorised(
            Submission submission,
            List<DocumentJudge.Judged> authorisation,
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
        return authorisation
                .get(0)
                .verdict()
                .match(
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
    Finding standing(Submission submission, RevocationEvidence evidence, Instant at) {
        List<DssCheck.Report> none = List.of();
        Finding order = paper(submission.signed())
                ? standingPaper(submission.signed(), at)
                : standing(submission.signed(), submission.order().issuer().authority(), evidence, at);
        if (!(order instanceof Finding.Genuine) || submission.validator().isEmpty()) {
            return order;
        }
        String authority = submission.order().validator().orElseThrow().authority();
        Finding validator = standing(submission.validator().get(), authority, evidence, at);
        return validator instanceof Finding.NotGenuine(String code, List<DssCheck.Report> _)
                ? new Finding.NotAuthorised(Refusal.VALIDATOR_NOT_PROVEN.code(), Optional.of(code), none)
                : validator;
    }

    private Finding standing(SignedDocument document, String authority, RevocationEvidence evidence, Instant at) {
        return judge.stands(new DocumentJudge.Paper(document, authority), evidence, at)
                .match(
                        _ -> new Finding.Genuine(new Judgement(Optional.empty(), "", Map.of()), List.of()),
                        fault -> new Finding.NotGenuine(fault.code(), List.of()),
                        Finding.RevocationUnknown::new);
    }

    /** The register's knowledge of a document key, whatever its status. */
    Optional<EnrolledSigner> signer(Digest keyId) {
        return judge.signer(keyId);
    }

    private GatewayIdentity here() {
        return parties.hoster()
                .map(hoster -> new GatewayIdentity(hoster.legalEntity(), hoster.gatewayOrigin()))
                .orElseThrow(() -> new IllegalStateException("the gateway was not bootstrapped"));
    }
}
