// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OutOfBandExecution;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Actor;

/** What was done on paper is said in the log by two officers, and never looks like anything else. */
class OutOfBandTest {

    private final EvidenceFixture fixture = EvidenceFixture.shared();
    private final List<Actor> officers = fixture.stage.world().cast().officers();
    private final SecureRandom random = new SecureRandom();

    @Test
    void an_execution_on_paper_stands_in_the_chain_of_its_order_and_changes_no_state() {
        OrderId id = fixture.approved(fixture.guest());
        String before = fixture.state(id);
        OutOfBandExecution said = about(Optional.of(id), Duration.ofHours(2));
        JointStatement joint = signed(said, officers.get(0), officers.get(1));
        OutOfBand.Entered entered = fixture.outOfBand().enter(fixture.stage.officer(1), joint.bytes());

        assertThat(fixture.log.await(entered.entry(), Duration.ofMinutes(2))).isPresent();
        EntryText entry = fixture.log.entry(entered.entry()).orElseThrow();
        assertThat(entry.parsed().type()).isEqualTo("evidence.out-of-band");
        assertThat(entry.parsed().caseId()).contains(id.code());
        assertThat(entry.parsed().clear())
                .isEqualTo(Map.of(
                        "reason",
                        "WITNESSES_AWAY",
                        "late",
                        "false",
                        "finishedAt",
                        said.finishedAt().toString().replace("Z", ".000Z")));
        assertThat(fixture.log.payload(entered.entry()).orElseThrow().payload()).isEqualTo(joint.bytes());
        assertThat(fixture.stage.entries(id)).contains("evidence.out-of-band");
        assertThat(fixture.state(id)).isEqualTo(before);
    }

    @Test
    void a_day_later_it_is_entered_and_called_late() {
        OrderId id = fixture.approved(fixture.guest());
        OutOfBand.Entered entered = enter(about(Optional.of(id), Duration.ofHours(25)));
        assertThat(entered.late()).isTrue();
        fixture.log.await(entered.entry(), Duration.ofMinutes(2));
        assertThat(fixture.log.entry(entered.entry()).orElseThrow().parsed().clear())
                .containsEntry("late", "true");
    }

    @Test
    void an_order_that_never_reached_the_gateway_can_be_entered_too_and_a_repeat_is_one_entry() {
        OutOfBandExecution said = about(Optional.empty(), Duration.ofHours(1));
        OutOfBand.Entered entered = enter(said);
        // ECDSA signs differently each time: the statement is what counts.
        assertThat(enter(said)).isEqualTo(entered);
        fixture.log.await(entered.entry(), Duration.ofMinutes(2));
        assertThat(fixture.log.entry(entered.entry()).orElseThrow().parsed().caseId())
                .isEmpty();
    }

    @Test
    void one_officer_alone_cannot_say_that_it_was_done_on_paper() {
        OutOfBandExecution said = about(Optional.empty(), Duration.ofHours(1));
        refused(signed(said, officers.get(0)).bytes(), "TOO_FEW");
        refused(signed(said, officers.get(0), officers.get(0)).bytes(), "SAME_PERSON");
        refused(
                signed(said, officers.get(0), fixture.stage.world().cast().prosecutor())
                        .bytes(),
                "NOT_AN_OFFICER");
    }

    @Test
    void the_order_that_is_named_must_be_the_document_that_is_named() {
        OrderId id = fixture.approved(fixture.guest());
        OrderId other = fixture.approved(fixture.guest());
        OutOfBandExecution said = about(Optional.of(id), Duration.ofHours(1));
        OutOfBandExecution mixed = new OutOfBandExecution(
                said.v(),
                said.type(),
                Optional.of(other.code()),
                said.authority(),
                said.orderDigest(),
                said.protocolDigest(),
                said.handedOver(),
                said.startedAt(),
                said.finishedAt(),
                said.reason(),
                said.officers(),
                said.time(),
                said.salt());
        refused(signed(mixed, officers.get(0), officers.get(1)).bytes(), "another document");
    }

    @Test
    void who_is_no_officer_enters_nothing_and_garbage_is_a_coded_refusal() {
        byte[] good = signed(about(Optional.empty(), Duration.ofHours(1)), officers.get(0), officers.get(1))
                .bytes();
        assertThatThrownBy(() -> fixture.outOfBand().enter(fixture.stage.investigator(), good))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FORBIDDEN));
        for (String garbage : List.of("", "{}", "[]", "{\"statement\":\"e30\",\"proofs\":[]}")) {
            assertThatThrownBy(() -> fixture.outOfBand()
                            .enter(fixture.stage.officer(1), garbage.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MALFORMED_REQUEST));
        }
    }

    private void refused(byte[] body, String because) {
        assertThatThrownBy(() -> fixture.outOfBand().enter(fixture.stage.officer(1), body))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DOCUMENT_REFUSED))
                .hasMessageContaining(because);
    }

    private OutOfBand.Entered enter(OutOfBandExecution said) {
        return fixture.outOfBand()
                .enter(
                        fixture.stage.officer(1),
                        signed(said, officers.get(0), officers.get(1)).bytes());
    }

    private static JointStatement signed(OutOfBandExecution said, Actor... by) {
        JointStatement joint = JointStatement.of(said);
        for (Actor officer : by) {
            joint = joint.signedBy(officer.document(), said);
        }
        return joint;
    }

    private OutOfBandExecution about(Optional<OrderId> id, Duration ago) {
        Instant now = fixture.stage.now();
        Optional<OrderFile> order = id.flatMap(fixture.stage.orders()::file);
        Digest scan = Digest.sha256(new byte[] {9});
        return new OutOfBandExecution(
                OutOfBandExecution.VERSION,
                OutOfBandExecution.TYPE,
                id.map(OrderId::code),
                order.map(OrderFile::authority).orElse("politie-voorbeeld"),
                order.map(OutOfBandTest::digest).orElse(scan),
                scan,
                List.of(scan),
                now.minus(ago).minus(Duration.ofMinutes(30)),
                now.minus(ago),
                OutOfBandExecution.Reason.WITNESSES_AWAY,
                officers.stream().map(Actor::person).toList(),
                now,
                Bytes.of(random.generateSeed(32)));
    }

    private static Digest digest(OrderFile order) {
        try {
            return SignedDocument.parse(order.orderJws()).digest();
        } catch (org.sparekey.protocol.json.MalformedException e) {
            throw new AssertionError(e);
        }
    }
}
