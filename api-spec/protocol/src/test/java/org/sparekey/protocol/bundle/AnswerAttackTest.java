// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.Assurance;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.ExistenceAnswer;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.IdentityAnswer;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.LegalBasis;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.PartyOfRecord;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.Target;

/** An order that is answered at once: who it was, or only whether there was anybody. */
class AnswerAttackTest extends Attack {

    private static final PartyOfRecord PARTY = new PartyOfRecord(
            "Voorbeeldwederverkoper", "12345678", "Victoria", "SC", Optional.empty(), List.of("post@reseller.example"));

    private OrderKind kind = OrderKind.PRODUCTION_IDENTITY;
    private SigningKey by = sample.statementKey;
    private UUID to = SampleCase.ORDER;
    private Optional<Digest> toDigest = Optional.empty();
    private Optional<Assurance> assurance = Optional.of(Assurance.of(false, false, false));
    private Optional<String> elsewhere = Optional.empty();
    private Optional<PartyOfRecord> answered = Optional.of(PARTY);
    private ExistenceAnswer.Held held = ExistenceAnswer.Held.YES;
    private boolean entered = true;

    @ParameterizedTest
    @EnumSource(names = {"PRODUCTION_IDENTITY", "EXISTENCE_CHECK"})
    void an_answered_order_is_authentic(OrderKind asked) {
        kind = asked;
        Verification verification = verify(zip());
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(of(verification, Check.Status.PASS)).contains(Topic.ANSWER, Topic.LEGAL_BASIS, Topic.CLAIMS);
        assertThat(verification.checks().stream().map(check -> check.detail().finding()))
                .contains(asked == OrderKind.EXISTENCE_CHECK ? Finding.EXISTENCE_ANSWERED : Finding.ANSWERED);
    }

    @ParameterizedTest
    @EnumSource(names = {"PRODUCTION_IDENTITY", "EXISTENCE_CHECK"})
    void an_answer_to_another_order_is_refused(OrderKind asked) {
        kind = asked;
        to = new UUID(1, 1);
        refusedBy(Topic.ANSWER);
        to = SampleCase.ORDER;
        toDigest = Optional.of(OTHER);
        refusedBy(Topic.ANSWER);
    }

    @ParameterizedTest
    @EnumSource(names = {"PRODUCTION_IDENTITY", "EXISTENCE_CHECK"})
    void an_answer_that_does_not_say_how_the_order_was_known_to_be_genuine_is_refused(OrderKind asked) {
        kind = asked;
        assurance = Optional.empty();
        refusedBy(Topic.ANSWER);
        assurance = Optional.of(Assurance.of(true, false, false));
        refusedBy(Topic.ANSWER);
    }

    @Test
    void an_answer_that_the_statement_key_did_not_sign_is_refused() {
        by = sample.manifestKey;
        refusedBy(Topic.ANSWER);
    }

    @Test
    void an_answer_about_another_address_or_another_party_than_was_found_is_refused() {
        elsewhere = Optional.of("198.51.100.7");
        refusedBy(Topic.CLAIMS);
        elsewhere = Optional.empty();
        answered = Optional.empty();
        refusedBy(Topic.CLAIMS);
    }

    @Test
    void a_yes_where_nothing_was_found_is_refused() {
        kind = OrderKind.EXISTENCE_CHECK;
        held = ExistenceAnswer.Held.NO;
        refusedBy(Topic.CLAIMS);
    }

    @Test
    void an_answer_that_no_entry_of_its_kind_took_down_is_missing() {
        entered = false;
        assertThat(of(verify(zip()), Check.Status.MISSING)).containsExactly(Topic.ANSWER);
    }

    private void refusedBy(Topic topic) {
        assertThat(failed(zip())).containsExactly(topic);
    }

    private byte[] zip() {
        TreeMap<String, byte[]> members = new TreeMap<>();
        SampleLog log = new SampleLog(sample.logKey);
        sample.enrol(log);
        byte[] order = SampleCase.sign(OrderDocument.TYPE, order(), sample.investigator, SampleCase.at(0));
        Digest digest = SampleCase.parse(order).digest();
        members.put(BundleMembers.ORDER, order);
        members.put(BundleMembers.MATRIX, Matrix.packagedBytes());
        members.put(BundleMembers.REVOCATION + "0.crl", sample.police.crl(sample.crlIssued));
        log.append(
                CaseEntry.SUBMITTED,
                SampleCase.at(1),
                order,
                Map.of(CaseEntry.KIND, kind.name(), CaseEntry.AUTHENTICITY, "SIGNED"));
        Map<String, String> verdict = Map.of(
                CaseEntry.MATRIX,
                Matrix.newest(),
                CaseEntry.ROW,
                "NL-126na",
                CaseEntry.VERDICT,
                category() + "=ALLOW",
                CaseEntry.REVOCATION,
                SampleWords.revocation(members));
        log.append(CaseEntry.VERIFIED, SampleCase.at(2), SampleCase.ascii("{}"), verdict);
        log.append(CaseEntry.HELD, SampleCase.at(3), SampleCase.ascii("{}"), Map.of(CaseEntry.ROW, "NL-126na"));
        log.append(
                CaseEntry.LOCATED,
                SampleCase.at(4),
                Wire.write(Map.of("grade", "CERTAIN", "partyOfRecord", PARTY)),
                Map.of(CaseEntry.GRADE, "CERTAIN"));
        byte[] answer = answer(digest);
        members.put(BundleMembers.ANSWER, answer);
        log.append(CaseEntry.ANSWERED, SampleCase.at(5), entered ? answer : SampleCase.ascii("{}"));
        log.append("order.closed", SampleCase.at(6), SampleCase.ascii("{}"));
        log.append(CaseEntry.BUNDLE_ASKED, SampleCase.at(59), SampleCase.ascii("{}"));
        return sample.zip(shown(log, members));
    }

    private static SortedMap<String, byte[]> shown(SampleLog log, SortedMap<String, byte[]> members) {
        log.into(members);
        members.put(BundleMembers.README, SampleCase.ascii("# Bundle\n"));
        return members;
    }

    private Category category() {
        return kind == OrderKind.EXISTENCE_CHECK ? Category.EXISTENCE : Category.SUBSCRIBER;
    }

    private byte[] answer(Digest digest) {
        Target asked = order().target();
        Target target = new Target(
                asked.format(), elsewhere.orElse(asked.value()), asked.protocol(), asked.port(), asked.observedAt());
        Digest said = toDigest.orElse(digest);
        if (kind == OrderKind.EXISTENCE_CHECK) {
            ExistenceAnswer answer = new ExistenceAnswer(
                    1, ExistenceAnswer.TYPE, to, said, target, held, assurance, SampleCase.at(5), SampleCase.salt(7));
            return SampleCase.sign(ExistenceAnswer.TYPE, answer, by, SampleCase.at(5));
        }
        IdentityAnswer answer = new IdentityAnswer(
                1,
                IdentityAnswer.TYPE,
                to,
                said,
                target,
                Grade.CERTAIN,
                answered,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                assurance,
                SampleCase.at(5),
                SampleCase.salt(7));
        return SampleCase.sign(IdentityAnswer.TYPE, answer, by, SampleCase.at(5));
    }

    private OrderDocument order() {
        OrderDocument copy = SampleRecords.order(SampleCase.GATEWAY);
        return new OrderDocument(
                copy.v(),
                copy.type(),
                copy.id(),
                kind,
                copy.addressee(),
                new LegalBasis("NL-126na", Matrix.newest()),
                new Issuer(SampleCase.AUTHORITY, "I-1", "INVESTIGATOR", "NL"),
                Optional.empty(),
                copy.caseRef(),
                copy.target(),
                new Scope(List.of(category()), copy.scope().from(), copy.scope().to(), List.of(), false),
                copy.urgency(),
                copy.deadline(),
                copy.secrecy(),
                copy.deliverTo(),
                copy.parentOrder(),
                copy.documents(),
                copy.salt());
    }
}
