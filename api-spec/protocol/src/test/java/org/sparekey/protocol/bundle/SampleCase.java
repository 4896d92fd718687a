// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.callback.CallBackRecord;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.Acknowledgement;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.Assurance;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OfficerRecord.What;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.ValidatorDocument;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteSigner;

/**
 * One order from submission to receipt, with its bundle and the trust file that fits. The public fields are what an
 * attacker may try to change before everything is signed; what he changes afterwards he changes in the members.
 */
final class SampleCase {

    static final String GATEWAY = "https://api.hoster.example:8443";
    static final UUID ORDER = UUID.fromString("019a4e3c-0000-7000-8000-000000000001");
    static final Instant START = Instant.parse("2026-11-02T14:00:00.000Z");
    private static final Map<String, String> FIRST = Map.of(CaseEntry.ATTEMPT, "1");
    static final String AUTHORITY = "politie-voorbeeld";
    static final String ROW = "NL-126ng2";
    static final String COURT = "rechtbank-voorbeeld";

    final SmallCa police = new SmallCa("Politie Voorbeeld root");
    final SmallCa court = new SmallCa("Rechtbank Voorbeeld root");
    final SmallCa hoster = new SmallCa("Voorbeeldhost root");
    final SigningKey prosecutor = police.issue("P-1");
    final SigningKey investigator = police.issue("I-1");
    final SigningKey judge = court.issue("R-1");
    final SigningKey officer1 = hoster.issue("O-1");
    final SigningKey officer2 = hoster.issue("O-2");
    final SigningKey manifestKey = hoster.issue("manifest");
    final SigningKey statementKey = hoster.issue("statement");
    final NoteSigner logKey = new NoteSigner(SampleLog.ORIGIN, new byte[32]);

    final SampleOutsiders outsiders = new SampleOutsiders();

    String gatewayOrigin = GATEWAY;
    String state = "closed";
    boolean calledBack;
    Instant made = at(60);
    Instant crlIssued = START.minus(Duration.ofDays(1));
    SigningKey orderSigner = prosecutor;
    SigningKey validatorSigner = judge;
    SigningKey firstSigner = officer1;
    SigningKey secondSigner = officer2;
    SigningKey ticketSigner = statementKey;
    SigningKey manifestSigner = manifestKey;
    SigningKey bundleSigner = manifestKey;
    SigningKey acknowledgementSigner = investigator;
    NoteSigner logSigner = logKey;
    NoteSigner ticketLogSigner = logKey;
    UnaryOperator<OrderDocument> order = UnaryOperator.identity();
    UnaryOperator<byte[]> signedOrder = UnaryOperator.identity();
    UnaryOperator<ValidatorDocument> validator = UnaryOperator.identity();
    UnaryOperator<ApprovalStatement> first = UnaryOperator.identity();
    UnaryOperator<ApprovalStatement> second = UnaryOperator.identity();
    UnaryOperator<ExecutionTicket> ticket = UnaryOperator.identity();
    UnaryOperator<Manifest> manifest = UnaryOperator.identity();
    UnaryOperator<Acknowledgement> acknowledgement = UnaryOperator.identity();
    boolean announcedFirst = true;
    boolean withKeyEntries = true;
    boolean officerRevoked;
    Instant revokedAt = at(-50);

    /** Persons of other organisations, enrolled to be the second. */
    final SampleCoApprovers coApprovers = new SampleCoApprovers();

    /** The log has the second one's approval before the first one's. */
    boolean secondFirst;

    /** What two officers, or one, signed afterwards about an execution on paper. */
    Optional<JointStatement> onPaper = Optional.empty();

    /** The order is refused, and carried out all the same. */
    boolean refusedFirst;

    /** What the entries say in clear, and commit to, instead of the truth: by type, see {@link SampleLog}. */
    Map<String, Map<String, String>> otherwise = Map.of();

    Map<String, byte[]> payloads = Map.of();

    /** Types of entries, in the gateway's words, that come once more before the release. */
    List<String> beforeRelease = List.of();

    /** Entries, by type, that come while the officers decide. */
    Map<String, byte[]> inReview = Map.of();

    /** What else is entered while the officers decide. */
    BiConsumer<SampleLog, SignedDocument> whileReviewed = (log, order) -> {};

    Instant availableAt = at(34);

    /** The judge's document is entered when everything is over. */
    boolean validatedAfterwards;

    /** Two officers first say secure, and only after the capture release. */
    boolean securedFirst;

    /** An officer's refusal that the log holds and nobody encloses. */
    boolean refusedBefore;

    /** The order goes back to the officers after they had signed, and is carried out all the same. */
    boolean reviewedAgain;

    /** How many officers called back, what they signed about it, and whether a code had been given out. */
    int calls;

    /** An order on paper is looked up only when somebody was called; any other may be called about while officers decide. */
    boolean calledInReview = true;

    UnaryOperator<CallBackRecord> call = UnaryOperator.identity();
    SigningKey caller = officer1;
    Optional<String> callBackPolicy = Optional.empty();

    /** Somebody calls when everything has been carried out. */
    boolean calledAfterwards;

    boolean codeGiven = true;

    /** One officer says secure before the capture, and nobody else. */
    boolean securedByOne;

    /** Nothing is copied: something was taken off the net, on so many officers' approvals. */
    Optional<Integer> isolatedBy = Optional.empty();

    /** The copy was announced and is not made: what comes instead, by type. */
    Optional<List<String>> insteadOfCopy = Optional.empty();

    /** Who took it off the net. */
    BiConsumer<SampleLog, SignedDocument> isolation = (log, order) -> {
        SampleWords.reported(log, What.TAKE_DOWN_DONE, 19);
        log.append(CaseEntry.ISOLATED, at(20), ascii("{}"));
    };

    private SampleLog latest = new SampleLog(logKey);

    /** Every member but bundle.json. */
    SortedMap<String, byte[]> members() {
        TreeMap<String, byte[]> members = new TreeMap<>();
        SampleLog log = new SampleLog(logSigner, outsiders::cosigned);
        log.otherwise = otherwise;
        log.payloads = payloads;
        latest = log;
        enrol(log);
        SignedDocument signedOrder = order(members, log);
        if (state.equals("refused")) {
            log.append(CaseEntry.REFUSED, at(2), ascii("{}"), Map.of(CaseEntry.DETAIL, "WRONG_ADDRESSEE"));
        } else {
            carriedOut(members, log, signedOrder);
        }
        log.append(CaseEntry.BUNDLE_ASKED, at(59), ascii("{}"));
        log.into(members);
        if (members.containsKey(BundleMembers.MANIFEST)) {
            outsiders.stamp(members);
        }
        members.put(BundleMembers.CLAIMED_TRUST, trust());
        members.put(BundleMembers.README, ascii("# Bundle\n"));
        return members;
    }

    private void carriedOut(SortedMap<String, byte[]> members, SampleLog log, SignedDocument signedOrder) {
        if (refusedFirst) {
            log.append(CaseEntry.REFUSED, at(2), ascii("{}"));
        }
        Map<String, String> words = SampleWords.verdict(members);
        byte[] own = Wire.write(new OwnWords(1, CaseEntry.VERIFIED, ORDER, signedOrder.digest(), words));
        Digest verified = log.append(CaseEntry.VERIFIED, at(2), own, words);
        log.append(CaseEntry.HELD, at(3), ascii("{}"), Map.of(CaseEntry.ROW, ROW));
        called(log, signedOrder, !calledInReview && !calledAfterwards);
        log.append(
                CaseEntry.LOCATED,
                at(4),
                Wire.write(Map.of(CaseEntry.GRADE, "MATCHED", "asset", SampleRecords.asset())),
                Map.of(CaseEntry.GRADE, "MATCHED"));
        log.append("order.review", at(5), ascii("{}"));
        inReview.forEach((type, payload) -> log.append(type, at(6), payload));
        whileReviewed.accept(log, signedOrder);
        called(log, signedOrder, calledInReview && !calledAfterwards);
        List<Approval> approvals = approvals(members, log, signedOrder, verified);
        if (isolatedBy.isPresent()) {
            isolation.accept(log, signedOrder);
            return;
        }
        execution(members, log, signedOrder, verified, approvals);
        called(log, signedOrder, calledAfterwards);
        onPaper.ifPresent(joint -> SampleWords.afterwards(log, joint));
        if (insteadOfCopy.isEmpty()) {
            log.append("order.closed", at(52), ascii("{}"));
        }
    }

    private void called(SampleLog log, SignedDocument signedOrder, boolean now) {
        for (int i = 0; now && i < calls; i++) {
            SampleCall.made(log, signedOrder.digest(), codeGiven, call, caller);
        }
    }

    byte[] zip() {
        return zip(members());
    }

    /** Signs these members, whatever they are. */
    byte[] zip(SortedMap<String, byte[]> members) {
        TreeMap<String, byte[]> all = new TreeMap<>(members);
        BundleIndex index = new BundleIndex(
                1,
                BundleIndex.TYPE,
                ORDER,
                gatewayOrigin,
                state,
                made,
                calledBack,
                BundleIndex.digests(new TreeMap<>(members)),
                salt(9));
        all.put(BundleMembers.INDEX, sign(BundleIndex.TYPE, index, bundleSigner, at(60)));
        return CanonicalZip.write(all);
    }

    /** A proof of an entry in the log as it stood when it had only this entry and what is before it. */
    byte[] earlier(SortedMap<String, byte[]> members, String folder) throws MalformedException {
        LogProof now = LogProof.parse(member(members, folder + BundleMembers.PROOF));
        return latest.earlier((int) now.inclusion().index(), logSigner).bytes();
    }

    byte[] trust() {
        return Wire.write(trustFile());
    }

    TrustFile trustFile() {
        return new TrustFile(
                1,
                TrustFile.TYPE,
                "Voorbeeldhost B.V.",
                gatewayOrigin,
                List.of(new TrustFile.Log(SampleLog.ORIGIN, logKey.key().vkey())),
                outsiders.witnesses(),
                outsiders.policy(),
                List.of(
                        new TrustFile.Authority(
                                AUTHORITY,
                                List.of(SampleWords.der(police)),
                                List.of(
                                        SampleWords.person("P-1", "PROSECUTOR", prosecutor),
                                        SampleWords.person("I-1", "INVESTIGATOR", investigator))),
                        new TrustFile.Authority(
                                COURT,
                                List.of(SampleWords.der(court)),
                                List.of(SampleWords.person("R-1", "JUDGE", judge)))),
                List.of(SampleWords.officer("O-1", officer1), SampleWords.officer("O-2", officer2)),
                List.of(manifestKey.keyId()),
                List.of(statementKey.keyId()),
                outsiders.roots(),
                outsiders.timestampPolicy(),
                coApprovers.trusted(),
                callBackPolicy);
    }

    void enrol(SampleLog log) {
        if (!withKeyEntries) {
            return;
        }
        log.key(prosecutor.keyId(), "PROSECUTOR", at(-100));
        log.key(investigator.keyId(), "INVESTIGATOR", at(-100));
        log.key(judge.keyId(), "JUDGE", at(-100));
        log.key(officer1.keyId(), "OFFICER", at(-100));
        log.key(officer2.keyId(), "OFFICER", at(-100));
        coApprovers.enrol(log);
        if (officerRevoked) {
            log.revoked(officer2.keyId(), "OFFICER", revokedAt);
        }
    }

    private SignedDocument order(SortedMap<String, byte[]> members, SampleLog log) {
        byte[] written = sign(OrderDocument.TYPE, order.apply(SampleRecords.order(gatewayOrigin)), orderSigner, at(0));
        members.put(BundleMembers.ORDER, signedOrder.apply(written));
        SignedDocument signed = parse(members.get(BundleMembers.ORDER));
        ValidatorDocument authorisation = new ValidatorDocument(
                1, ValidatorDocument.TYPE, signed.digest(), "JUDGE", "RC-2026-17", at(-10), salt(2));
        members.put(
                BundleMembers.VALIDATOR,
                sign(ValidatorDocument.TYPE, validator.apply(authorisation), validatorSigner, at(0)));
        members.put(BundleMembers.MATRIX, Matrix.packagedBytes());
        members.put(BundleMembers.REVOCATION + "0.crl", police.crl(crlIssued));
        members.put(BundleMembers.REVOCATION + "1.crl", court.crl(crlIssued));
        log.append(
                CaseEntry.SUBMITTED,
                at(1),
                member(members, BundleMembers.ORDER),
                Map.of(
                        CaseEntry.KIND,
                        "SNAPSHOT_COPY",
                        CaseEntry.AUTHENTICITY,
                        orderSigner == officer1 ? "PAPER" : "SIGNED"));
        if (!validatedAfterwards) {
            log.append(CaseEntry.VALIDATION, at(1), member(members, BundleMembers.VALIDATOR));
        }
        return signed;
    }

    private List<Approval> approvals(
            SortedMap<String, byte[]> members, SampleLog log, SignedDocument signedOrder, Digest verified) {
        Decision decision = securedFirst || securedByOne ? Decision.SECURE : Decision.RELEASE;
        ApprovalStatement one = SampleRecords.statement(signedOrder, verified, "O-1", decision, 10);
        ApprovalStatement two = SampleRecords.statement(signedOrder, verified, "O-2", decision, 12);
        List<Approval> approvals = securedByOne
                ? List.of(Approval.sign(one, officer1))
                : List.of(Approval.sign(first.apply(one), firstSigner), Approval.sign(second.apply(two), secondSigner));
        approvals = approvals.subList(0, isolatedBy.orElse(approvals.size()));
        if (secondFirst) {
            enter(members, log, approvals.subList(1, 2), 2, 10);
            enter(members, log, approvals.subList(0, 1), 1, 11);
        } else {
            enter(members, log, approvals, 1, 11);
        }
        if (refusedBefore) {
            ApprovalStatement no = SampleRecords.refusal(signedOrder, verified, "O-2", 13);
            SampleWords.enter(log, Approval.sign(no, officer2), 14);
        }
        log.append("order.approved", at(14), ascii("{}"));
        if (reviewedAgain) {
            log.append("order.review", at(15), ascii("{}"));
        }
        return approvals;
    }

    private void releases(
            SortedMap<String, byte[]> members, SampleLog log, SignedDocument signedOrder, Digest verified) {
        if (securedFirst) {
            ApprovalStatement one = SampleRecords.statement(signedOrder, verified, "O-1", Decision.RELEASE, 31);
            ApprovalStatement two = SampleRecords.statement(signedOrder, verified, "O-2", Decision.RELEASE, 31);
            List<Approval> both = List.of(Approval.sign(one, officer1), Approval.sign(second.apply(two), secondSigner));
            enter(members, log, both, 3, 31);
        }
        if (securedByOne) {
            ApprovalStatement one = SampleRecords.statement(signedOrder, verified, "O-1", Decision.RELEASE, 31);
            ApprovalStatement two = SampleRecords.statement(signedOrder, verified, "O-2", Decision.RELEASE, 31);
            enter(members, log, List.of(Approval.sign(one, officer1), Approval.sign(two, officer2)), 2, 31);
        }
    }

    private static void enter(
            SortedMap<String, byte[]> members, SampleLog log, List<Approval> approvals, int number, int second) {
        for (int i = 0; i < approvals.size(); i++) {
            byte[] bytes = Wire.write(approvals.get(i));
            members.put(BundleMembers.approval(number + i), bytes);
            SampleWords.enter(log, approvals.get(i), second + i);
        }
    }

    private void execution(
            SortedMap<String, byte[]> members,
            SampleLog log,
            SignedDocument signedOrder,
            Digest verified,
            List<Approval> approvals) {
        ExecutionTicket right = new ExecutionTicket(
                1,
                ExecutionTicket.TYPE,
                new UUID(7, 1),
                Optional.of(signedOrder.compact()),
                signedOrder.digest(),
                approvals,
                new String(log.proof(verified, ticketLogSigner).bytes(), StandardCharsets.UTF_8),
                SampleRecords.asset(),
                1,
                at(40),
                salt(3));
        members.put(BundleMembers.TICKET, sign(ExecutionTicket.TYPE, ticket.apply(right), ticketSigner, at(20)));
        Digest intent = announcedFirst
                ? log.append(CaseEntry.EXECUTING, at(20), member(members, BundleMembers.TICKET), FIRST)
                : Digest.sha256(ascii("later"));
        insteadOfCopy.ifPresent(types -> types.forEach(type -> log.append(type, at(21), ascii("{}"))));
        if (insteadOfCopy.isPresent()) {
            return;
        }
        Manifest read = SampleRecords.manifest(
                signedOrder,
                approvals,
                intent,
                Digest.sha256(members.get(BundleMembers.TICKET)),
                Assurance.of(orderSigner == officer1, true, true));
        members.put(BundleMembers.MANIFEST, sign(Manifest.TYPE, manifest.apply(read), manifestSigner, at(30)));
        log.append(CaseEntry.SECURED, at(31), member(members, BundleMembers.MANIFEST), FIRST);
        if (!announcedFirst) {
            log.append(CaseEntry.EXECUTING, at(32), member(members, BundleMembers.TICKET), FIRST);
        }
        if (validatedAfterwards) {
            log.append(CaseEntry.VALIDATION, at(32), member(members, BundleMembers.VALIDATOR));
        }
        beforeRelease.forEach(type -> log.append(type, at(33), ascii("{}")));
        releases(members, log, signedOrder, verified);
        log.append("order.released", at(33), ascii("{}"));
        log.append("order.available", availableAt, ascii("{}"));
        Acknowledgement receipt = new Acknowledgement(
                1,
                Acknowledgement.TYPE,
                ORDER,
                parse(members.get(BundleMembers.MANIFEST)).digest(),
                at(50),
                salt(5));
        members.put(
                BundleMembers.ACKNOWLEDGEMENT,
                sign(Acknowledgement.TYPE, acknowledgement.apply(receipt), acknowledgementSigner, at(50)));
        log.append("order.acknowledged", at(51), members.get(BundleMembers.ACKNOWLEDGEMENT));
    }

    /** A member that is there. */
    static byte[] member(SortedMap<String, byte[]> members, String name) {
        return Optional.ofNullable(members.get(name)).orElseThrow();
    }

    static byte[] sign(String type, Object record, SigningKey key, Instant at) {
        return ascii(SignedDocument.sign(type, Wire.write(record), key, at).compact());
    }

    static SignedDocument parse(byte[] compact) {
        try {
            return SignedDocument.parse(new String(compact, StandardCharsets.US_ASCII));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    static Digest digest(String text) {
        return Digest.sha256(ascii(text));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static Bytes salt(int number) {
        return Bytes.of(digest("salt " + number).array());
    }

    static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }
}
