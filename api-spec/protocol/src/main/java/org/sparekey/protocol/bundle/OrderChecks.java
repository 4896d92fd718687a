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
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.IdentityAnswer;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderCheck;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.Validation;
import org.sparekey.protocol.order.ValidatorDocument;
import org.sparekey.protocol.order.ValidatorReference;

/** Who ordered what, by which right: the second and third of the four proofs (8-orders). */
final class OrderChecks {

    /** States in which two officers have approved. */
    private static final Set<String> APPROVED =
            Set.of("approved", "executing", "secured", "released", "available", "acknowledged", "closed");

    private static final Set<String> ANSWERED = Set.of("answered", "closed");

    private static final Set<String> OTHERS = Set.of(
            "received",
            "refused",
            "held",
            "located",
            "stopped",
            "answered",
            "review",
            "withdrawn",
            "expired",
            "failed");

    private final Findings findings;
    private final Members members;
    private final TrustFile trust;
    private final BundleIndex index;
    private final LogChecks log;
    private final List<Received> received = new ArrayList<>();
    private final List<Validation> proven = new ArrayList<>();

    OrderChecks(Findings findings, Members members, TrustFile trust, BundleIndex index, LogChecks log) {
        this.findings = findings;
        this.members = members;
        this.trust = trust;
        this.index = index;
        this.log = log;
    }

    /** @param at time of the entry that says the order was received */
    record Received(SignedDocument signed, OrderDocument order, BundledEntry entry, Instant at) {}

    void run() {
        findings.check("order", this::order);
        if (received.isEmpty()) {
            return;
        }
        Received order = received.get(0);
        findings.check("signature of the order", () -> signature(order));
        if (order.order().validator().isPresent()) {
            findings.check("signature of the validator", () -> validator(order));
        }
        findings.check("legal basis", () -> basis(order));
        if (order.order().kind() == OrderKind.PRODUCTION_IDENTITY && answered()) {
            findings.check("answer", () -> answer(order));
        }
        if (order.order().kind() == OrderKind.SNAPSHOT_COPY && approved()) {
            new ExecutionChecks(findings, members, trust, index, log, order).run();
        }
    }

    /** The gateway's word can only add a check, never take one away: what the log holds is checked in any state. */
    private boolean answered() {
        return ANSWERED.contains(index.state()) || log.caseLog().has("order.answered");
    }

    private boolean approved() {
        return APPROVED.contains(index.state())
                || log.caseLog().has("order.executing")
                || log.caseLog().has("order.secured");
    }

    private String order() throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = members.document(BundleMembers.ORDER);
        OrderDocument order = signed.read(OrderDocument.TYPE, OrderDocument.class);
        require(APPROVED.contains(index.state()) || OTHERS.contains(index.state()), "a state that no order can be in");
        require(order.id().equals(index.orderId()), "the enclosed order is another one than bundle.json names");
        Optional<BundledEntry> entry = log.caseLog().committing(members.need(BundleMembers.ORDER));
        need(entry.isPresent(), "no entry of the case commits to the order");
        Instant at = entry.orElseThrow().entry().time();
        received.add(new Received(signed, order, entry.orElseThrow(), at));
        return order.kind() + " under " + order.legalBasis().id() + ", received " + at + " (log entry time, unproven)";
    }

    private String signature(Received order) throws ForgedException, MissingException, MalformedException {
        Issuer issuer = order.order().issuer();
        EnrolledSigner signer = authentic(order.signed(), issuer.authority(), order.at());
        require(
                signer.party().equals(issuer.authority())
                        && signer.person().equals(issuer.person())
                        && signer.role().equals(issuer.role()),
                "signed by another person than the order names");
        return "signed by " + issuer.role() + " " + issuer.person() + " of " + issuer.authority()
                + "; path and revocation list hold; "
                + log.enrolled(signer.keyId(), issuer.role(), order.entry().entry());
    }

    private String validator(Received order) throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = members.document(BundleMembers.VALIDATOR);
        ValidatorDocument validator = signed.read(ValidatorDocument.TYPE, ValidatorDocument.class);
        Optional<Refusal> refusal =
                OrderCheck.validates(validator, order.order(), order.signed().digest(), order.at());
        require(refusal.isEmpty(), refusal.map(Refusal::english).orElse(""));
        ValidatorReference named = order.order().validator().orElseThrow();
        EnrolledSigner signer = authentic(signed, named.authority(), order.at());
        require(
                signer.party().equals(named.authority()) && signer.role().equals(named.role()),
                "signed by another than the judge whom the order names");
        require(
                !signer.keyId().equals(DocumentCheck.signer(order.signed())),
                "the order and its authorisation are signed with one key");
        proven.add(new Validation.Proven(signer.party(), signer.person(), signer.role()));
        return named.role() + " of " + named.authority() + " authorised exactly this order; "
                + log.enrolled(signer.keyId(), named.role(), order.entry().entry());
    }

    private String answer(Received order) throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = members.document(BundleMembers.ANSWER);
        IdentityAnswer answer = signed.read(IdentityAnswer.TYPE, IdentityAnswer.class);
        Signer.trusted(signed, trust.statementKeys(), "statement key");
        require(answer.orderDigest().equals(order.signed().digest()), "the answer is to another order");
        require(answer.orderId().equals(order.order().id()), "the answer is to another order");
        need(
                log.caseLog().committing(members.need(BundleMembers.ANSWER)).isPresent(),
                "no entry of the case commits to the answer");
        return "answered with grade " + answer.grade() + " at " + answer.at();
    }

    /** The matrix's verdict, reached again with the matrix that this program carries itself. */
    private String basis(Received order) throws ForgedException, MissingException, MalformedException {
        byte[] enclosed = members.need(BundleMembers.MATRIX);
        Matrix matrix = Matrix.packaged();
        need(
                Matrix.parse(enclosed).version().equals(matrix.version()),
                "the enclosed matrix is of a version that this program does not know");
        require(Arrays.equals(enclosed, Matrix.packagedBytes()), "the enclosed matrix is not the published one");
        need(
                order.order().validator().isEmpty() || !proven.isEmpty(),
                "whether the order is authorised cannot be judged without the validator's document");
        Validation validation = proven.isEmpty() ? new Validation.Absent() : proven.get(0);
        Judgement judgement = OrderCheck.judge(
                order.order(),
                matrix,
                new OrderCheck.Facts(
                        Optional.of(trust.gateway()), validation, order.signed().claimedAt(), order.at()));
        Optional<String> ground =
                judgement.overall().match(Optional::empty, refusal -> Optional.of(refusal.english()), Optional::of);
        require(ground.isEmpty(), "the law does not allow it: " + ground.orElse(""));
        return judgement.row().orElseThrow().article() + ": " + judgement.text() + " (matrix " + judgement.version()
                + ")";
    }

    /** The document's enrolled signer as of a time, by path and revocation list. */
    private EnrolledSigner authentic(SignedDocument signed, String authority, Instant at)
            throws ForgedException, MissingException, MalformedException {
        Optional<EnrolledSigner> enrolled = trust.enrolled(DocumentCheck.signer(signed));
        DocumentVerdict verdict = DocumentCheck.check(signed, enrolled, path(authority), List.of(), at);
        Optional<Optional<String>> fault = verdict.match(
                signer -> Optional.of(Optional.empty()),
                refused -> Optional.of(Optional.of(refused.english())),
                Optional::empty);
        need(fault.isPresent(), "no revocation list of " + authority + " that was valid at " + at + " is enclosed");
        require(fault.orElseThrow().isEmpty(), fault.orElseThrow().orElse(""));
        return enrolled.orElseThrow();
    }

    private DocumentCheck.Trust path(String authority) throws MissingException, MalformedException {
        List<X509Certificate> roots = new ArrayList<>();
        List<X509CRL> crls = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Bytes root :
                    trust.authority(authority).map(TrustFile.Authority::roots).orElse(List.of())) {
                roots.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(root.array())));
            }
            for (String name : members.in(BundleMembers.REVOCATION)) {
                crls.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(members.need(name))));
            }
        } catch (CertificateException | CRLException e) {
            throw new MalformedException("", "a root or a revocation list that cannot be read", e);
        }
        need(!roots.isEmpty(), "the trust file names no root of " + authority);
        return new DocumentCheck.Trust(roots, crls);
    }
}
