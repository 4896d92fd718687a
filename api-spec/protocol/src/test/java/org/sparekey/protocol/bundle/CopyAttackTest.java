// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.Assurance;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.ValidatorDocument;
import tools.jackson.databind.node.ObjectNode;

/** A freezing that was carried out by a copy, and the later order that got it: or another copy, or one nobody let go. */
class CopyAttackTest extends Attack {

    private static final UUID LATER = UUID.fromString("019a4e3c-0000-7000-8000-000000000002");
    private static final String FREEZING_ROW = "NL-126ni";

    private Consumer<ObjectNode> freezing = order -> {};
    private Consumer<ObjectNode> later = order -> {};
    private Consumer<ObjectNode> said = statement -> {};
    private UnaryOperator<byte[]> enclosed = bundle -> bundle;
    private Consumer<SortedMap<String, byte[]>> frozenMembers = members -> {};
    private String copyOf = SampleLog.CASE;
    private boolean letGo;
    private boolean announced;
    private boolean committed = true;

    @Test
    void a_freezing_shows_that_its_copy_was_withheld() {
        Verification verification = verify(frozen());

        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(findings(verification)).contains(Finding.COPY_WITHHELD);
    }

    @Test
    void the_order_that_got_it_shows_whose_copy_it_is() {
        Verification verification = verify(zip());

        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(findings(verification)).contains(Finding.COPY_TAKEN_OVER).doesNotContain(Finding.COPY_WITHHELD);
    }

    @Test
    void a_freezing_whose_copy_was_let_go_is_refused() {
        letGo = true;
        assertThat(findings(verify(frozen()))).contains(Finding.COPY_LET_GO_BY_FREEZING);
    }

    @Test
    void a_freezing_that_never_asked_for_a_copy_is_refused() {
        freezing = order -> ((ObjectNode) order.get("scope")).remove("measure");
        Verification verification = verify(frozen());

        assertThat(of(verification, Check.Status.FAIL)).containsExactly(Topic.WITHHELD_COPY);
        assertThat(findings(verification)).contains(Finding.COPY_NOT_APPROVED);
    }

    @Test
    void a_copy_without_the_freezings_bundle_cannot_be_judged() {
        enclosed = bundle -> new byte[0];
        refused(Finding.FREEZING_NOT_AUTHENTIC);
        SortedMap<String, byte[]> members = members();
        members.remove(BundleMembers.PRESERVATION);
        assertThat(of(verify(zip(members)), Check.Status.MISSING)).contains(Topic.WITHHELD_COPY);
    }

    @Test
    void a_freezing_that_is_incomplete_leaves_the_copy_incomplete() {
        frozenMembers = members -> members.remove(BundleMembers.MATRIX);
        Verification verification = verify(zip());

        assertThat(of(verification, Check.Status.MISSING)).containsExactly(Topic.WITHHELD_COPY);
        assertThat(findings(verification)).contains(Finding.FREEZING_INCOMPLETE);
    }

    @Test
    void a_freezing_under_foreign_keys_is_refused() {
        SampleCase foreign = new SampleCase();
        enclosed = bundle -> foreign.zip();
        refused(Finding.FREEZING_NOT_AUTHENTIC);
    }

    @Test
    void a_freezing_that_got_its_own_copy_from_elsewhere_is_refused() {
        frozenMembers = members -> members.put(BundleMembers.PRESERVATION, SampleCase.ascii("another"));
        refused(Finding.FREEZING_NOT_AUTHENTIC);
    }

    static Stream<Arguments> others() {
        return Stream.of(
                lie("of another order", o -> o.put("parentOrder", new UUID(1, 1).toString())),
                lie("of nothing", o -> o.remove("parentOrder")),
                lie("of another machine", o -> ((ObjectNode) o.get("target")).put("value", "192.0.2.9")),
                lie("for another team", o -> o.put("deliverTo", "team-2")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void an_order_that_does_not_follow_the_freezing_gets_nothing(String story, Consumer<ObjectNode> lie) {
        later = lie;
        refused(Finding.COPY_OF_ANOTHER);
    }

    @Test
    void an_entry_that_names_another_case_as_the_copys_is_refused() {
        copyOf = "CASE-0002";
        refused(Finding.COPY_OF_ANOTHER);
    }

    static Stream<Arguments> statements() {
        return Stream.of(
                lie("another copy", s -> s.put("copy", OTHER.base64url())),
                lie("a copy yet to be made", s -> s.remove("copy")),
                lie("another machine", s -> ((ObjectNode) s.get("asset")).put("vmId", "102")),
                lie("another configuration", s -> s.put("configurationHash", OTHER.base64url())),
                lie("other recipients", s -> s.putArray("recipients").add(OTHER.base64url())),
                lie("another disk", s -> s.putArray("diskIds").add("/images/b.raw")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void officers_who_let_go_something_else_let_go_nothing(String story, Consumer<ObjectNode> lie) {
        said = lie;
        refused(Finding.COPY_NOT_APPROVED);
    }

    @Test
    void another_manifest_than_the_freezings_is_refused() {
        SortedMap<String, byte[]> members = members();
        SignedDocument signed = SampleCase.parse(SampleCase.member(members, BundleMembers.MANIFEST));
        members.put(
                BundleMembers.MANIFEST,
                SampleCase.ascii(
                        SignedDocument.sign(Manifest.TYPE, signed.payload(), sample.manifestKey, SampleCase.at(31))
                                .compact()));
        assertThat(findings(verify(zip(members)))).contains(Finding.COPY_OTHER_MANIFEST);
    }

    @Test
    void a_copy_that_no_entry_commits_to_is_missing() {
        committed = false;
        assertThat(of(verify(zip()), Check.Status.MISSING)).contains(Topic.WITHHELD_COPY);
    }

    @Test
    void an_order_that_announced_a_copy_of_its_own_does_not_take_one_over() {
        announced = true;
        refused(Finding.COPY_NOT_TAKEN_OVER);
    }

    private void refused(Finding finding) {
        Verification verification = verify(zip());

        assertThat(of(verification, Check.Status.FAIL)).contains(Topic.WITHHELD_COPY);
        assertThat(findings(verification)).contains(finding);
    }

    private static List<Finding> findings(Verification verification) {
        return verification.checks().stream()
                .map(check -> check.detail().finding())
                .toList();
    }

    private byte[] frozen() {
        TreeMap<String, byte[]> members = new TreeMap<>();
        SampleLog log = new SampleLog(sample.logKey);
        OrderDocument order = changed(SampleRecords.order(SampleCase.GATEWAY), OrderDocument.class, tree -> {
            tree.put("kind", "PRESERVATION");
            ((ObjectNode) tree.get("legalBasis")).put("id", FREEZING_ROW);
            ((ObjectNode) tree.get("scope")).put("measure", "SECURED_COPY");
            tree.remove("validator");
            freezing.accept(tree);
        });
        SignedDocument signed = entered(members, log, order, "PRESERVATION", List.of(sample.police));
        Digest verified = accepted(members, log, FREEZING_ROW);
        List<Approval> approvals = approvals(members, log, signed, verified, Decision.SECURE, tree -> {
            tree.put("matrixRow", FREEZING_ROW);
        });
        ExecutionTicket ticket = new ExecutionTicket(
                1,
                ExecutionTicket.TYPE,
                new UUID(7, 1),
                Optional.of(signed.compact()),
                signed.digest(),
                approvals,
                new String(log.proof(verified, sample.logKey).bytes(), StandardCharsets.UTF_8),
                SampleRecords.asset(),
                1,
                SampleCase.at(40),
                SampleCase.salt(3));
        byte[] right = SampleCase.sign(ExecutionTicket.TYPE, ticket, sample.statementKey, SampleCase.at(20));
        members.put(BundleMembers.TICKET, right);
        Digest intent = log.append(CaseEntry.EXECUTING, SampleCase.at(20), right, Map.of(CaseEntry.ATTEMPT, "1"));
        Manifest manifest = SampleRecords.manifest(
                signed, approvals, intent, Digest.sha256(right), Assurance.of(false, false, false));
        byte[] read = SampleCase.sign(Manifest.TYPE, manifest, sample.manifestKey, SampleCase.at(30));
        members.put(BundleMembers.MANIFEST, read);
        log.append(CaseEntry.SECURED, SampleCase.at(31), read, Map.of(CaseEntry.ATTEMPT, "1"));
        if (letGo) {
            log.append(CaseEntry.RELEASED, SampleCase.at(32), SampleCase.ascii("{}"));
        }
        log.append(letGo ? "order.available" : "order.preserved", SampleCase.at(33), SampleCase.ascii("{}"));
        log.append(CaseEntry.BUNDLE_ASKED, SampleCase.at(59), SampleCase.ascii("{}"));
        log.into(members);
        frozenMembers.accept(members);
        return zip(members, SampleCase.ORDER, letGo ? "available" : "preserved");
    }

    private byte[] zip() {
        return zip(members());
    }

    private byte[] zip(SortedMap<String, byte[]> members) {
        return zip(members, LATER, "available");
    }

    private SortedMap<String, byte[]> members() {
        byte[] frozen = frozen();
        byte[] manifest = manifestOf(frozen);
        TreeMap<String, byte[]> members = new TreeMap<>();
        SampleLog log = new SampleLog(sample.logKey);
        OrderDocument order = changed(SampleRecords.order(SampleCase.GATEWAY), OrderDocument.class, tree -> {
            tree.put("id", LATER.toString());
            tree.put("parentOrder", SampleCase.ORDER.toString());
            later.accept(tree);
        });
        SignedDocument signed = entered(members, log, order, "SNAPSHOT_COPY", List.of(sample.police, sample.court));
        byte[] authorisation = SampleCase.sign(
                ValidatorDocument.TYPE,
                new ValidatorDocument(
                        1,
                        ValidatorDocument.TYPE,
                        signed.digest(),
                        "JUDGE",
                        "RC-2026-17",
                        SampleCase.at(-10),
                        SampleCase.salt(2)),
                sample.judge,
                SampleCase.at(0));
        members.put(BundleMembers.VALIDATOR, authorisation);
        log.append(CaseEntry.VALIDATION, SampleCase.at(1), authorisation);
        Digest verified = accepted(members, log, SampleCase.ROW);
        approvals(members, log, signed, verified, Decision.RELEASE, tree -> {
            tree.put("copy", SampleCase.parse(manifest).digest().base64url());
            said.accept(tree);
        });
        if (announced) {
            log.append(CaseEntry.EXECUTING, SampleCase.at(20), SampleCase.ascii("{}"));
        }
        log.append(
                CaseEntry.SECURED,
                SampleCase.at(21),
                committed ? manifest : SampleCase.ascii("{}"),
                Map.of(CaseEntry.COPY_OF, copyOf));
        log.append(CaseEntry.RELEASED, SampleCase.at(22), SampleCase.ascii("{}"));
        log.append("order.available", SampleCase.at(23), SampleCase.ascii("{}"));
        log.append(CaseEntry.BUNDLE_ASKED, SampleCase.at(59), SampleCase.ascii("{}"));
        log.into(members);
        members.put(BundleMembers.MANIFEST, manifest);
        members.put(BundleMembers.PRESERVATION, enclosed.apply(frozen));
        return members;
    }

    private SignedDocument entered(
            SortedMap<String, byte[]> members, SampleLog log, OrderDocument order, String kind, List<SmallCa> asked) {
        sample.enrol(log);
        byte[] signed = SampleCase.sign(OrderDocument.TYPE, order, sample.prosecutor, SampleCase.at(0));
        members.put(BundleMembers.ORDER, signed);
        members.put(BundleMembers.MATRIX, Matrix.packagedBytes());
        for (int i = 0; i < asked.size(); i++) {
            members.put(BundleMembers.REVOCATION + i + ".crl", asked.get(i).crl(sample.crlIssued));
        }
        log.append(
                CaseEntry.SUBMITTED,
                SampleCase.at(1),
                signed,
                Map.of(CaseEntry.KIND, kind, CaseEntry.AUTHENTICITY, "SIGNED"));
        return SampleCase.parse(signed);
    }

    private static Digest accepted(SortedMap<String, byte[]> members, SampleLog log, String row) {
        Map<String, String> verdict = new TreeMap<>(SampleWords.verdict(members));
        verdict.put(CaseEntry.ROW, row);
        Digest verified = log.append(CaseEntry.VERIFIED, SampleCase.at(2), SampleCase.ascii("{}"), verdict);
        log.append(CaseEntry.HELD, SampleCase.at(3), SampleCase.ascii("{}"), Map.of(CaseEntry.ROW, row));
        log.append(
                CaseEntry.LOCATED,
                SampleCase.at(4),
                Wire.write(Map.of(CaseEntry.GRADE, "MATCHED")),
                Map.of(CaseEntry.GRADE, "MATCHED"));
        log.append(CaseEntry.REVIEW, SampleCase.at(5), SampleCase.ascii("{}"));
        return verified;
    }

    private List<Approval> approvals(
            SortedMap<String, byte[]> members,
            SampleLog log,
            SignedDocument order,
            Digest verified,
            Decision decision,
            Consumer<ObjectNode> change) {
        List<Approval> approvals = new ArrayList<>();
        List<SigningKey> officers = List.of(sample.officer1, sample.officer2);
        for (int i = 0; i < officers.size(); i++) {
            ApprovalStatement right = SampleRecords.statement(order, verified, "O-" + (i + 1), decision, 10 + i);
            Approval approval = Approval.sign(changed(right, ApprovalStatement.class, change), officers.get(i));
            approvals.add(approval);
            members.put(BundleMembers.approval(i + 1), Wire.write(approval));
            SampleWords.enter(log, approval, 11 + i);
        }
        log.append(CaseEntry.APPROVED, SampleCase.at(14), SampleCase.ascii("{}"));
        return approvals;
    }

    private byte[] zip(SortedMap<String, byte[]> members, UUID order, String state) {
        TreeMap<String, byte[]> all = new TreeMap<>(members);
        BundleIndex index = new BundleIndex(
                1,
                BundleIndex.TYPE,
                order,
                SampleCase.GATEWAY,
                state,
                SampleCase.at(60),
                false,
                BundleIndex.digests(new TreeMap<>(members)),
                SampleCase.salt(9));
        all.put(BundleMembers.INDEX, SampleCase.sign(BundleIndex.TYPE, index, sample.manifestKey, SampleCase.at(60)));
        return CanonicalZip.write(all);
    }

    private static byte[] manifestOf(byte[] bundle) {
        try {
            return SampleCase.member(CanonicalZip.read(bundle), BundleMembers.MANIFEST);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static Arguments lie(String story, Consumer<ObjectNode> lie) {
        return Arguments.of(story, lie);
    }

    private static <T> T changed(T document, Class<T> type, Consumer<ObjectNode> change) {
        try {
            ObjectNode tree = (ObjectNode) Wire.tree(document);
            change.accept(tree);
            return Wire.read(tree, type);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }
}
