// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.TilePath;
import org.springframework.transaction.IllegalTransactionStateException;

class AuditLogTest {

    @TempDir
    Path root;

    private LogFixture fixture;
    private AuditLog log;

    @BeforeEach
    void start() {
        fixture = new LogFixture(root);
        log = fixture.start();
    }

    @Test
    void an_entry_is_recorded_once_its_checkpoint_is_published_and_proves_itself_offline() throws MalformedException {
        Pending pending = fixture.append(log, LogFixture.statement("one"));
        assertThat(pending.origin()).isEqualTo("log.hoster.example/log/case/2026");
        assertThat(log.find(pending.leafHash())).isEmpty();
        log.stepper().sequence(LogName.CASE);
        log.stepper().sign(LogName.CASE);
        assertThat(log.find(pending.leafHash())).isEmpty();
        log.stepper().publish(LogName.CASE);

        Recorded recorded = log.await(pending.leafHash(), Duration.ZERO).orElseThrow();
        assertThat(recorded).isEqualTo(new Recorded(pending.origin(), 0, pending.leafHash(), LogFixture.NOW));
        LogProof proof =
                LogProof.parse(log.proof(pending.leafHash()).orElseThrow().bytes());
        assertThat(proof.proven(pending.leafHash(), NoteKey.parse(log.vkey(LogName.CASE))))
                .isPresent();
        assertThat(LogFixture.audit(log)).containsExactly(pending.leafHash());
        assertThat(log.stepper().step()).isFalse();
    }

    @Test
    void the_log_holds_a_commitment_and_the_payload_lies_beside_it() {
        Pending pending = fixture.append(log, LogFixture.statement("192.0.2.7 belongs to someone"));
        LogFixture.all(log);
        LogEntry entry = log.entry(pending.leafHash()).orElseThrow().parsed();
        Opened opened = log.payload(pending.leafHash()).orElseThrow();
        assertThat(entry.payload().opens(opened.salt(), opened.payload())).isTrue();
        assertThat(new String(opened.payload(), StandardCharsets.UTF_8)).startsWith("192.0.2.7");
        assertThat(entry.clear()).containsOnlyKeys("note");
    }

    @Test
    void what_is_rolled_back_was_never_appended() {
        fixture.transaction().executeWithoutResult(status -> {
            log.append(LogFixture.statement("regretted"));
            status.setRollbackOnly();
        });
        assertThat(log.stepper().step()).isFalse();
        assertThat(log.from(LogName.CASE, 0, 10)).isEmpty();
    }

    @Test
    void nothing_is_appended_outside_the_transaction_of_its_state_change() {
        assertThatThrownBy(() -> log.append(LogFixture.statement("alone")))
                .isInstanceOf(IllegalTransactionStateException.class);
        assertThatThrownBy(() ->
                        fixture.transaction().execute(status -> log.await(Digest.sha256(new byte[0]), Duration.ZERO)))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void a_case_is_a_chain_and_a_room_that_lost_its_place_is_told() {
        CaseLink first = CaseLink.first("c-7");
        Pending one = fixture.append(log, LogFixture.statement("one", Optional.of(first)));
        CaseLink second = first.next(one.leafHash());
        LogFixture.all(log);
        Pending two = fixture.append(log, LogFixture.statement("two", Optional.of(second)));
        assertThat(log.matches("c-7", 1, two.leafHash())).isTrue();
        assertThat(log.matches("c-7", 0, one.leafHash())).isFalse();
        assertThat(log.matches("c-8", 0, one.leafHash())).isFalse();
        assertThatThrownBy(() -> fixture.append(
                        log,
                        LogFixture.statement(
                                "three", Optional.of(new CaseLink("c-7", 2, Optional.of(one.leafHash()))))))
                .isInstanceOf(IllegalArgumentException.class);
        LogFixture.all(log);
        assertThat(log.ofCase("c-7").stream().map(entry -> entry.recorded().leafHash()))
                .containsExactly(one.leafHash(), two.leafHash());
        assertThat(log.entry(two.leafHash()).orElseThrow().parsed().prev()).contains(one.leafHash());
    }

    @Test
    void seven_hundred_entries_in_batches_make_the_tree_that_an_outsider_recomputes() {
        List<Pending> first = fixture.append(log, 300);
        assertThat(log.stepper().sequence(LogName.CASE)).isEqualTo(Sequencer.MAX_BATCH);
        assertThat(log.stepper().sequence(LogName.CASE)).isEqualTo(300 - Sequencer.MAX_BATCH);
        LogFixture.all(log);
        assertThat(LogFixture.audit(log)).containsExactlyElementsOf(leaves(first));
        List<Pending> more = fixture.append(log, 400);
        LogFixture.all(log);
        List<Digest> audited = LogFixture.audit(log);
        assertThat(audited.subList(0, 300)).isEqualTo(leaves(first));
        assertThat(audited.subList(300, 700)).isEqualTo(leaves(more));
        assertThat(log.find(more.get(399).leafHash()).orElseThrow().index()).isEqualTo(699);
        for (Pending pending : List.of(first.get(0), first.get(255), more.get(0), more.get(399))) {
            assertThat(log.proof(pending.leafHash())
                            .orElseThrow()
                            .proof()
                            .inclusion()
                            .treeSize())
                    .isEqualTo(700);
        }
        assertThat(log.directory(LogName.CASE).resolve("tile/0/000.p")).doesNotExist();
        assertThat(log.directory(LogName.CASE).resolve("tile/0/002.p/188")).exists();
    }

    @Test
    void a_batch_takes_the_same_few_statements_whatever_its_size() {
        Counting.Source counting = new Counting.Source(fixture.source(fixture.access.sequencer()));
        AuditLog counted = fixture.start(fixture.settings(fixture.guards), counting, name -> {});
        fixture.append(counted, 3);
        long few = statements(counting, counted);
        fixture.append(counted, 250);
        long many = statements(counting, counted);
        assertThat(many).isLessThanOrEqualTo(few + 1);
    }

    @Test
    void the_two_logs_do_not_mix() {
        fixture.append(log, LogFixture.statement("case"));
        Statement registration = new Statement(
                LogName.REGISTRY,
                "registration.accepted",
                Actor.GATEWAY,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                new byte[] {1});
        Pending pending = fixture.append(log, registration);
        LogFixture.all(log);
        assertThat(log.find(pending.leafHash()).orElseThrow())
                .isEqualTo(new Recorded("log.hoster.example/log/registry/2026", 0, pending.leafHash(), LogFixture.NOW));
        assertThat(log.from(LogName.REGISTRY, 0, 10)).hasSize(1);
        assertThat(log.from(LogName.CASE, 0, 10)).hasSize(1);
        assertThat(log.from(LogName.CASE, 1, 10)).isEmpty();
        assertThat(log.vkey(LogName.CASE)).isNotEqualTo(log.vkey(LogName.REGISTRY));
    }

    @Test
    void the_published_directory_is_laid_out_as_tlog_tiles_says() throws Exception {
        fixture.append(log, 2);
        LogFixture.all(log);
        Path published = root.resolve("log/case/2026");
        assertThat(log.directory(LogName.CASE)).isEqualTo(published);
        assertThat(Files.readString(published.resolve("vkey"))).isEqualTo(log.vkey(LogName.CASE) + "\n");
        assertThat(Files.readString(published.resolve("checkpoint")))
                .startsWith("log.hoster.example/log/case/2026\n2\n");
        assertThat(published.resolve("tile/0/000.p/2")).hasSize(64);
        assertThat(log.tile(LogName.CASE, new TilePath(TilePath.ENTRIES, 0, 2))).isPresent();
        assertThat(log.tile(LogName.CASE, new TilePath(0, 0, 1))).isEmpty();
    }

    @Test
    void an_origin_keeps_its_host_for_ever() {
        LogSettings renamed = new LogSettings(
                "log.other.example", fixture.directory, fixture.guards, Duration.ofMillis(10), false, Map.of());
        assertThatThrownBy(() -> fixture.start(renamed, fixture.source(fixture.access.sequencer()), name -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sparekey.log.public-host must stay what it was");
    }

    @Test
    void the_policy_says_plainly_that_nobody_witnesses() {
        assertThat(log.guarantees(LogName.CASE)).isEqualTo(new Guarantees("quorum none", false, List.of()));
        assertThat(new LogHealth(log).health().getStatus().getCode()).isEqualTo("UP");
    }

    private static List<Digest> leaves(List<Pending> pending) {
        return pending.stream().map(Pending::leafHash).toList();
    }

    private static long statements(Counting.Source counting, AuditLog counted) {
        long before = counting.statements();
        assertThat(counted.stepper().sequence(LogName.CASE)).isPositive();
        return counting.statements() - before;
    }
}
