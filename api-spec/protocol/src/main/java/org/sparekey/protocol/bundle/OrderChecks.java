// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Assurance;
import org.sparekey.protocol.order.DocumentReference;
import org.sparekey.protocol.order.ExistenceAnswer;
import org.sparekey.protocol.order.IdentityAnswer;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.OrderCheck;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.Validation;
import org.sparekey.protocol.order.ValidatorDocument;
import org.sparekey.protocol.order.ValidatorReference;

/** Who ordered what, by which right: the second and third of the four proofs (8-orders). */
final class OrderChecks {

    private final Findings findings;
    private final Members members;
    private final TrustFile trust;
    private final BundleIndex index;
    private final LogChecks log;
    private final SignedPapers papers;
    private final CopyChecks.Enclosed enclosed;
    private final List<Received> received = new ArrayList<>();
    private final List<Validation> proven = new ArrayList<>();
    private final List<Judgement> judged = new ArrayList<>();

    OrderChecks(
            Findings findings,
            Members members,
            TrustFile trust,
            BundleIndex index,
            LogChecks log,
            CopyChecks.Enclosed enclosed) {
        this.findings = findings;
        this.members = members;
        this.trust = trust;
        this.index = index;
        this.log = log;
        this.enclosed = enclosed;
        this.papers = new SignedPapers(members, trust, log);
    }

    /** @param at time of the entry that says the order was received */
    record Received(SignedDocument signed, OrderDocument order, BundledEntry entry, Instant at, Assurance assurance) {

        /** What was printed on something that rests on the order is what its documents show, and never nothing. */
        void requireAssured(Optional<Assurance> printed) throws ForgedException {
            require(printed.equals(Optional.of(assurance)), Finding.ASSURANCE_DIFFERS);
        }
    }

    void run() {
        findings.check(Topic.ORDER, this::order);
        if (received.isEmpty()) {
            return;
        }
        Received order = received.get(0);
        if (refusedAtTheDoor()) {
            refused(order);
        } else {
            verified(order);
        }
        findings.check(Topic.DOCUMENTS, () -> documents(order));
        if (members.find(BundleMembers.ANSWER).isPresent() || log.caseLog().has(CaseEntry.ANSWERED)) {
            findings.check(Topic.ANSWER, () -> answer(order));
        }
        new ExecutionChecks(findings, members, trust, log, order, enclosed).run();
        new LinkChecks(findings, members, trust, log, order).run();
        new ClaimChecks(findings, members, trust, log, order, judged.stream().findFirst()).run();
    }

    /** The order, once it was read. */
    Optional<Received> received() {
        return received.stream().findFirst();
    }

    /** Whether the row of the law that it rests on asks for a call-back (8-orders, proof 4). */
    boolean callBackDue() {
        return judged.stream().flatMap(judgement -> judgement.row().stream()).anyMatch(MatrixRow::callBack);
    }

    private void verified(Received order) {
        findings.check(Topic.ORDER_SIGNATURE, () -> signature(order));
        if (authorised(order)) {
            findings.check(Topic.VALIDATOR_SIGNATURE, () -> validator(order));
        }
        findings.check(Topic.LEGAL_BASIS, () -> basis(order));
    }

    /** Whatever speaks against the order here speaks for the gateway, which refused it. */
    private void refused(Received order) {
        boolean holds = findings.explain(Topic.ORDER_SIGNATURE, () -> signature(order));
        if (authorised(order)) {
            holds &= findings.explain(Topic.VALIDATOR_SIGNATURE, () -> validator(order));
        }
        holds &= findings.explain(Topic.LEGAL_BASIS, () -> basis(order));
        String code = log.caseLog().entries().stream()
                .filter(entry -> entry.is(CaseEntry.REFUSED))
                .map(entry -> entry.entry().clear().getOrDefault(CaseEntry.DETAIL, "-"))
                .findFirst()
                .orElse("-");
        if (holds) {
            findings.note(Topic.REFUSAL, Finding.REFUSED_WITHOUT_GROUND, code);
        } else {
            findings.check(Topic.REFUSAL, () -> Sentence.of(Finding.REFUSED_RIGHTLY, code));
        }
    }

    private boolean refusedAtTheDoor() {
        return log.caseLog().has(CaseEntry.REFUSED) && !log.caseLog().has(CaseEntry.VERIFIED);
    }

    private boolean authorised(Received order) {
        return order.order().validator().isPresent()
                || members.find(BundleMembers.VALIDATOR).isPresent();
    }

    private Sentence order() throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = members.ofAuthority(BundleMembers.ORDER, BundleMembers.ORDER_PDF);
        OrderDocument order = signed.read(OrderDocument.TYPE, OrderDocument.class);
        require(order.id().equals(index.orderId()), Finding.ANOTHER_ORDER);
        Optional<BundledEntry> entry = log.caseLog().committing(CaseEntry.SUBMITTED, members.need(BundleMembers.ORDER));
        need(entry.isPresent(), Finding.NOT_COMMITTED, BundleMembers.ORDER);
        Instant at = entry.orElseThrow().entry().time();
        Assurance assurance = Assurance.of(
                officer(signed).isPresent(),
                members.find(BundleMembers.VALIDATOR).isPresent()
                        || log.caseLog().has(CaseEntry.VALIDATION),
                order.validator().isPresent());
        received.add(new Received(signed, order, entry.orElseThrow(), at, assurance));
        return Sentence.of(
                Finding.ORDER_RECEIVED, order.kind(), order.legalBasis().id(), at);
    }

    /** The officer who entered an order that came on paper. */
    private Optional<EnrolledSigner> entered(Received order) {
        return officer(order.signed());
    }

    private Optional<EnrolledSigner> officer(SignedDocument signed) {
        return trust.enrolled(DocumentCheck.signer(signed))
                .filter(signer -> signer.role().equals(ApprovalCheck.OFFICER));
    }

    /** The officer's signature is for the typing; the issuer's word is what another officer heard. */
    private Sentence onPaper(Received order, EnrolledSigner officer)
            throws ForgedException, MissingException, MalformedException {
        boolean stands = order.signed().verifiedBy(order.signed().leaf().getPublicKey()) && officer.inForce(order.at());
        require(stands, Finding.SIGNED_BY_ANOTHER);
        log.enrolled(officer.keyId(), ApprovalCheck.OFFICER, order.entry().entry());
        boolean called = new CallBackChecks(trust, log, order).heard(CallBackSubject.ISSUER, officer.person());
        need(called, Finding.PAPER_NOT_CALLED_BACK);
        return Sentence.of(
                Finding.PAPER_CALLED_BACK,
                officer.person(),
                order.order().issuer().authority());
    }

    private Sentence validatorByTelephone(Received order, EnrolledSigner officer)
            throws ForgedException, MissingException, MalformedException {
        ValidatorReference named = order.order().validator().orElseThrow();
        boolean called = new CallBackChecks(trust, log, order).heard(CallBackSubject.VALIDATOR, officer.person());
        need(called, Finding.PAPER_NOT_CALLED_BACK);
        proven.add(new Validation.Proven(named.authority(), named.reference(), named.role()));
        return Sentence.of(Finding.AUTHORISED_BY_TELEPHONE, named.role(), named.authority());
    }

    private Sentence signature(Received order) throws ForgedException, MissingException, MalformedException {
        Optional<EnrolledSigner> officer = entered(order);
        if (officer.isPresent()) {
            return onPaper(order, officer.get());
        }
        Issuer issuer = order.order().issuer();
        EnrolledSigner signer = papers.authentic(order.signed(), issuer.authority(), order.at());
        boolean named = signer.party().equals(issuer.authority())
                && signer.person().equals(issuer.person())
                && signer.role().equals(issuer.role());
        require(named, Finding.SIGNED_BY_ANOTHER);
        log.enrolled(signer.keyId(), issuer.role(), order.entry().entry());
        return Sentence.of(Finding.ORDER_SIGNED, issuer.role(), issuer.person(), issuer.authority());
    }

    private Sentence validator(Received order) throws ForgedException, MissingException, MalformedException {
        Optional<EnrolledSigner> officer = entered(order);
        if (officer.isPresent() && members.find(BundleMembers.VALIDATOR).isEmpty()) {
            return validatorByTelephone(order, officer.get());
        }
        SignedDocument signed = members.ofAuthority(BundleMembers.VALIDATOR, BundleMembers.VALIDATOR_PDF);
        ValidatorDocument validator = signed.read(ValidatorDocument.TYPE, ValidatorDocument.class);
        Optional<Refusal> refusal =
                OrderCheck.validates(validator, order.order(), order.signed().digest(), order.at());
        if (refusal.isPresent()) {
            throw new ForgedException(Finding.GROUND, refusal.get());
        }
        ValidatorReference named = order.order().validator().orElseThrow();
        need(enteredInTime(), Finding.NOT_COMMITTED, BundleMembers.VALIDATOR);
        EnrolledSigner signer = papers.authentic(signed, named.authority(), order.at());
        boolean asNamed =
                signer.party().equals(named.authority()) && signer.role().equals(named.role());
        require(asNamed, Finding.SIGNED_BY_ANOTHER_JUDGE);
        require(!signer.keyId().equals(DocumentCheck.signer(order.signed())), Finding.ONE_KEY_FOR_BOTH);
        log.enrolled(signer.keyId(), named.role(), order.entry().entry());
        proven.add(new Validation.Proven(signer.party(), signer.person(), signer.role()));
        return Sentence.of(Finding.AUTHORISED, named.role(), named.authority());
    }

    /** Before the order was accepted: an authorisation that came afterwards authorised nothing that was done. */
    private boolean enteredInTime() throws MissingException {
        Optional<BundledEntry> entry =
                log.caseLog().committing(CaseEntry.VALIDATION, members.need(BundleMembers.VALIDATOR));
        int place = entry.map(log.caseLog()::place).orElse(Integer.MAX_VALUE);
        return entry.isPresent()
                && log.caseLog().entries().subList(0, place).stream().noneMatch(one -> one.is(CaseEntry.VERIFIED));
    }

    /** Exactly the documents that the order names, each with its digest. */
    private Sentence documents(Received order) throws ForgedException, MissingException {
        Set<String> named = new TreeSet<>();
        for (DocumentReference reference : order.order().documents()) {
            String name = BundleMembers.DOCUMENTS + reference.sha256().hex();
            named.add(name);
            require(Digest.sha256(members.need(name)).equals(reference.sha256()), Finding.DOCUMENT_DIFFERS, name);
        }
        Set<String> extra = new TreeSet<>(members.in(BundleMembers.DOCUMENTS));
        extra.removeAll(named);
        require(extra.isEmpty(), Finding.DOCUMENT_NOT_NAMED, String.join(", ", extra));
        return Sentence.of(Finding.DOCUMENTS_AS_NAMED, named.size());
    }

    private Sentence answer(Received order) throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = members.document(BundleMembers.ANSWER);
        Signer.trusted(signed, trust.statementKeys(), Finding.NOT_THE_STATEMENT_KEY);
        Sentence said =
                order.order().kind() == OrderKind.EXISTENCE_CHECK ? existence(order, signed) : identity(order, signed);
        need(
                log.caseLog()
                        .committing(CaseEntry.ANSWERED, members.need(BundleMembers.ANSWER))
                        .isPresent(),
                Finding.NOT_COMMITTED,
                BundleMembers.ANSWER);
        return said;
    }

    private static Sentence identity(Received order, SignedDocument signed) throws ForgedException, MalformedException {
        IdentityAnswer answer = signed.read(IdentityAnswer.TYPE, IdentityAnswer.class);
        boolean toThis = order.order().kind() == OrderKind.PRODUCTION_IDENTITY
                && answer.orderDigest().equals(order.signed().digest())
                && answer.orderId().equals(order.order().id());
        require(toThis, Finding.ANSWERS_ANOTHER);
        order.requireAssured(answer.assurance());
        return Sentence.of(Finding.ANSWERED, answer.grade(), answer.at());
    }

    private static Sentence existence(Received order, SignedDocument signed)
            throws ForgedException, MalformedException {
        ExistenceAnswer answer = signed.read(ExistenceAnswer.TYPE, ExistenceAnswer.class);
        boolean toThis = answer.orderDigest().equals(order.signed().digest())
                && answer.orderId().equals(order.order().id());
        require(toThis, Finding.ANSWERS_ANOTHER);
        order.requireAssured(answer.assurance());
        return Sentence.of(Finding.EXISTENCE_ANSWERED, answer.held(), answer.at());
    }

    /** The matrix's verdict, reached again with the matrix of that version that this program carries itself. */
    private Sentence basis(Received order) throws ForgedException, MissingException, MalformedException {
        byte[] enclosed = members.need(BundleMembers.MATRIX);
        String version = Matrix.parse(enclosed).version();
        need(Matrix.packaged(version).isPresent(), Finding.MATRIX_UNKNOWN);
        require(Arrays.equals(enclosed, Matrix.packagedBytes(version).orElseThrow()), Finding.MATRIX_DIFFERS);
        Matrix matrix = Matrix.packaged(version).orElseThrow();
        if (order.order().kind().restsOnNothing()) {
            return Sentence.of(Finding.RESTS_ON_NOTHING);
        }
        if (log.caseLog().has(CaseEntry.RECEIVED)) {
            require(order.order().kind() == OrderKind.VOLUNTARY_REQUEST, Finding.RECEIVED_WITH_FORCE);
            return Sentence.of(Finding.NO_FORCE);
        }
        need(order.order().validator().isEmpty() || !proven.isEmpty(), Finding.BASIS_NEEDS_VALIDATOR);
        Judgement judgement = OrderCheck.judge(
                order.order(),
                matrix,
                new OrderCheck.Facts(
                        Optional.of(trust.gateway()),
                        proven.isEmpty() ? new Validation.Absent() : proven.get(0),
                        order.signed().claimedAt(),
                        order.at()));
        Optional<Object> ground =
                judgement.overall().match(Optional::empty, Optional::<Object>of, Optional::<Object>of);
        if (ground.isPresent()) {
            throw new ForgedException(Finding.LAW_DENIES, ground.get());
        }
        judged.add(judgement);
        return Sentence.of(
                Finding.LAW_ALLOWS, judgement.row().orElseThrow().article(), judgement.text(), judgement.version());
    }
}
