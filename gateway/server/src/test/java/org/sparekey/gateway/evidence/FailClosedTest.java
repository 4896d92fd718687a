// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.Guest;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.orders.Hold;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.OrdersStage;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.witness.WitnessPolicy;
import org.sparekey.testkit.witness.TestWitness;

/** With too few witnesses orders are taken and held, and nothing is read from any disk nor handed to anybody. */
class FailClosedTest {

    @TempDir
    Path directory;

    private final List<NoteKey> logs = new CopyOnWriteArrayList<>();
    private List<TestWitness> witnesses = List.of();
    private EvidenceFixture fixture;
    private String policy;

    @BeforeEach
    void two_of_three_witnesses() throws Exception {
        witnesses = Stream.of("police", "resellers", "hoster")
                .map(name -> new TestWitness(name, logs, Instant::now, new SecureRandom()))
                .toList();
        policy = TestWitness.policy(2, witnesses);
        Path file = Files.writeString(directory.resolve("case.policy"), policy);
        fixture = new EvidenceFixture(new OrdersStage(Map.of("sparekey.log.policy.case", file.toString())));
        logs.add(NoteKey.parse(fixture.log.vkey(LogName.CASE)));
    }

    @AfterEach
    void close() {
        fixture.close();
        witnesses.forEach(TestWitness::close);
    }

    @Test
    void nothing_is_captured_until_a_quorum_has_seen_the_order_and_holds_stand_meanwhile() throws Exception {
        away(0, 1);
        Guest guest = fixture.guest();
        OrderId id = fixture.approved(guest);
        attempt(id);

        assertThat(fixture.state(id)).isEqualTo("approved");
        assertThat(fixture.hypervisor.captures(guest)).isZero();
        assertThat(fixture.attempts.of(id)).isEmpty();
        List<Hold> holds = fixture.stage.orders().holds(basis(id).asset());
        assertThat(holds).isNotEmpty();
        assertThat(fixture.log.facts(LogName.CASE).sequenced())
                .isGreaterThan(fixture.log.facts(LogName.CASE).published());

        back(0, 1);
        fixture.until(id, "available");
        assertThat(fixture.hypervisor.captures(guest)).isEqualTo(1);
        assertThat(fixture.delivery()
                        .list(fixture.stage.investigator(), id.code())
                        .files())
                .isNotEmpty();
    }

    @Test
    void an_announced_attempt_touches_nothing_while_its_announcement_is_unseen() throws Exception {
        Guest guest = fixture.guest();
        OrderId id = fixture.approved(guest);
        fixture.stage.pass(EvidenceFixture.LEASE_OVER);
        assertThat(fixture.log.await(basis(id).verifiedLeaf(), Duration.ofMinutes(2)))
                .isPresent();
        // Inside the transaction: nobody has seen the announcement yet.
        fixture.impatient(name -> {
                    if (name.equals("evidence.announcing")) {
                        away(0, 2);
                    }
                })
                .step(id);
        attempt(id);
        assertThat(fixture.state(id)).isEqualTo("executing");
        assertThat(fixture.hypervisor.captures(guest)).isZero();
        back(0, 2);
        fixture.until(id, "available");
        assertThat(fixture.hypervisor.captures(guest)).isEqualTo(1);
    }

    @Test
    void a_sealed_copy_is_not_handed_out_while_its_release_is_unseen() throws Exception {
        OrderId id = fixture.stage.review(fixture.stage.machine(fixture.guest()));
        fixture.stage.approve(1, id, Decision.SECURE);
        fixture.stage.approve(2, id, Decision.SECURE);
        fixture.until(id, "secured");
        away(1, 2);
        fixture.stage.approve(1, id, Decision.RELEASE);
        fixture.stage.approve(2, id, Decision.RELEASE);
        attempt(id);
        attempt(id);
        assertThat(fixture.state(id)).isEqualTo("released");
        assertThatThrownBy(() -> fixture.delivery().list(fixture.stage.investigator(), id.code()))
                .isInstanceOf(ProblemException.class);
        back(1, 2);
        fixture.until(id, "available");
        assertThat(fixture.delivery()
                        .list(fixture.stage.investigator(), id.code())
                        .files())
                .isNotEmpty();
    }

    @Test
    void the_ticket_proves_that_a_quorum_has_seen_the_verified_order() throws Exception {
        OrderId id = fixture.approved(fixture.guest());
        fixture.until(id, "available");
        ExecutionTicket ticket = SignedDocument.parse(
                        fixture.attempts.sealed(id).orElseThrow().ticket())
                .read(ExecutionTicket.TYPE, ExecutionTicket.class);
        LogProof proof = LogProof.parse(ticket.verifiedEntryProof().getBytes(StandardCharsets.UTF_8));
        assertThat(WitnessPolicy.parse(policy).judge(proof.checkpoint()).holds())
                .isTrue();
    }

    /** A worker that finds the order due, with the log's own steps going on in the background. */
    private void attempt(OrderId id) {
        fixture.stage.pass(EvidenceFixture.LEASE_OVER);
        fixture.impatient().step(id);
    }

    private void away(int... numbers) {
        for (int number : numbers) {
            witnesses.get(number).stop();
        }
    }

    private void back(int... numbers) throws IOException {
        for (int number : numbers) {
            witnesses.get(number).start();
        }
        fixture.stage.pass(EvidenceFixture.LEASE_OVER);
    }

    private ApprovalBasis basis(OrderId id) {
        return fixture.stage.orders().file(id).orElseThrow().basis().orElseThrow();
    }
}
