// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.fake.Fault;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.RegistrationRecord;

/** The first rung, from the command line to a hoster's door and back. */
class SyncCsvTest {

    private static final String WEB = "192.0.2.10,101,customer-7,2026-11-01T00:00:00Z";
    private static final String MAIL = "2001:db8::25,102,customer-8,2026-11-02T00:00:00Z";

    @TempDir
    Path directory;

    private AgentAtWork agent;

    @BeforeEach
    void begin() {
        agent = new AgentAtWork(directory);
    }

    @AfterEach
    void end() {
        agent.close();
    }

    @Test
    void a_file_of_four_columns_is_registered_and_its_receipt_is_proven() throws IOException {
        agent.csv(WEB, MAIL);

        assertThat(agent.sync()).as(agent::printed).isEqualTo(ExitCode.OK);

        assertThat(agent.registered())
                .extracting(record -> record.vmId().orElse(""))
                .containsExactlyInAnyOrder("101", "102");
        assertThat(agent.command("receipts")).isEqualTo(ExitCode.OK);
        assertThat(agent.out.toString()).contains("batch 1: 2 lines, 0 refused", "PROVEN");
    }

    @Test
    void an_unchanged_file_sends_nothing() throws IOException {
        agent.csv(WEB, MAIL);
        agent.sync();
        agent.later(Duration.ofMinutes(15));

        assertThat(agent.sync()).isEqualTo(ExitCode.OK);

        assertThat(agent.batches()).isOne();
        assertThat(agent.out.toString()).contains("0 changes");
    }

    @Test
    void neither_the_gateway_nor_the_screen_sees_a_customer() throws IOException {
        agent.csv(WEB, MAIL);
        agent.sync();
        String seen = agent.printed() + agent.sent();
        agent.csv("192.0.2.10,101,customer-9,2026-11-20T00:00:00Z", MAIL);
        agent.source("diff");
        seen += agent.printed();

        assertThat(seen).contains("101").doesNotContain("customer-7", "customer-8", "customer-9");
        assertThat(agent.out.toString()).contains("~ cluster-a/101: customer");
        Memory memory = AgentState.open(directory.resolve("sparekey-agent")).memory();
        assertThat(memory.form().toString()).contains("101").doesNotContain("customer-7");
    }

    @Test
    void a_dry_run_says_what_would_be_sent_and_sends_and_remembers_nothing() throws IOException {
        agent.csv(WEB, MAIL);

        assertThat(agent.sync("--dry-run")).isEqualTo(ExitCode.OK);

        assertThat(agent.out.toString()).contains("2 changes", "+ cluster-a/101", "+ cluster-a/102");
        assertThat(agent.batches()).isZero();
        assertThat(directory.resolve("sparekey-agent/memory.json")).doesNotExist();
    }

    @Test
    void what_is_unchanged_is_said_again_before_it_counts_as_stale() throws IOException {
        agent.csv(WEB);
        agent.sync();
        String tenancy = agent.registered("101").tenancyRef();
        agent.later(Duration.ofHours(20));

        agent.sync();

        assertThat(agent.registered("101").validFrom()).isEqualTo(agent.now());
        assertThat(agent.registered("101").tenancyRef()).isEqualTo(tenancy);
        agent.later(Duration.ofMinutes(15));
        agent.sync();
        assertThat(agent.batches()).isEqualTo(2);
    }

    @Test
    void a_changed_line_with_its_old_day_does_not_rewrite_the_past() throws IOException {
        agent.csv(WEB, MAIL);
        agent.sync();
        agent.later(Duration.ofDays(3));
        agent.csv("192.0.2.77,101,customer-7,2026-11-01T00:00:00Z", MAIL);

        agent.sync();

        assertThat(agent.registered("101").validFrom()).isEqualTo(agent.now());
    }

    @Test
    void a_lost_memory_does_not_let_the_day_of_a_contract_overwrite_a_predecessor() throws IOException {
        agent.csv("192.0.2.10,101,customer-7,2026-11-01T00:00:00Z", MAIL);
        agent.sync();
        agent.later(Duration.ofDays(3));
        agent.csv("192.0.2.30,101,customer-7,2026-11-01T00:00:00Z", "192.0.2.10,102,customer-8,2026-11-02T00:00:00Z");
        agent.sync();
        agent.later(Duration.ofDays(1));
        Files.delete(directory.resolve("sparekey-agent/memory.json"));

        assertThat(agent.sync()).as(agent::printed).isEqualTo(ExitCode.OK);

        assertThat(agent.registered("102").validFrom()).isEqualTo(agent.now());
        assertThat(agent.registered("101").validFrom()).isEqualTo(agent.now());
        assertThat(agent.printed()).contains("~ cluster-a/102: what was said of it is forgotten");
        agent.later(Duration.ofMinutes(15));
        int batches = agent.batches();
        agent.sync();
        assertThat(agent.batches()).isEqualTo(batches);
    }

    @Test
    void machines_that_were_changed_together_are_not_said_again_together() throws IOException {
        String[] lines = IntStream.range(100, 140)
                .mapToObj(n -> "192.0.2." + n + "," + n + ",customer-7,2026-11-01T00:00:00Z")
                .toArray(String[]::new);
        agent.csv(lines);
        agent.sync();
        Map<Instant, Long> saidAgain = new TreeMap<>();
        for (int hour = 1; hour <= 21; hour++) {
            agent.later(Duration.ofHours(1));
            agent.sync();
            Instant now = agent.now();
            saidAgain.put(
                    now,
                    agent.registered().stream()
                            .filter(record -> record.validFrom().equals(now))
                            .count());
        }

        List<Long> counts = List.copyOf(saidAgain.values());
        assertThat(counts.subList(0, 11)).containsOnly(0L);
        assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(40);
        assertThat(counts).allMatch(count -> count < 20);
        assertThat(counts.stream().filter(count -> count > 0).count()).isGreaterThan(4);
    }

    @Test
    void a_hook_s_hint_gives_a_change_its_instant() throws IOException {
        agent.csv(WEB);
        agent.sync();
        agent.later(Duration.ofMinutes(14));
        Instant seen = agent.now().minusSeconds(300);
        Path spool = directory.resolve("sparekey-agent/spool");
        Files.writeString(
                spool.resolve("1.json"),
                "{\"v\":1,\"type\":\"spool-event\",\"event\":\"CHANGED\",\"vm\":\"101\",\"at\":\"2026-11-23T12:09:00.000Z\"}");
        agent.csv("192.0.2.10,101,customer-9,2026-11-01T00:00:00Z");

        agent.sync();

        assertThat(agent.registered("101").validFrom()).isEqualTo(seen);
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void a_machine_is_ended_only_when_two_listings_missed_it() throws IOException {
        agent.csv(WEB, MAIL);
        agent.sync();
        agent.csv(WEB);
        agent.later(Duration.ofMinutes(15));
        Instant missed = agent.now();

        assertThat(agent.sync()).isEqualTo(ExitCode.OK);
        assertThat(agent.batches()).isOne();
        assertThat(agent.out.toString()).contains("missing").contains("cluster-a/102");

        agent.later(Duration.ofMinutes(15));
        agent.sync();
        assertThat(agent.registered("102").event()).isEqualTo(Event.END);
        assertThat(agent.registered("102").validFrom()).isEqualTo(missed);
        agent.later(Duration.ofMinutes(15));
        agent.sync();
        assertThat(agent.batches()).isEqualTo(2);
    }

    @Test
    void a_machine_that_came_back_between_two_listings_is_not_ended() throws IOException {
        agent.csv(WEB, MAIL);
        agent.sync();
        agent.csv(WEB);
        agent.later(Duration.ofMinutes(15));
        agent.sync();
        agent.csv(WEB, MAIL);
        agent.later(Duration.ofMinutes(15));
        agent.sync();
        agent.csv(WEB);
        agent.later(Duration.ofMinutes(15));
        agent.sync();

        assertThat(agent.registered()).extracting(RegistrationRecord::event).containsOnly(Event.AMEND);
    }

    @Test
    void half_a_file_ends_nothing_and_waits_for_a_person() throws IOException {
        String[] fleet = fleet(40);
        agent.csv(fleet);
        agent.sync();
        agent.csv(List.of(fleet).subList(0, 20).toArray(String[]::new));
        for (int run = 0; run < 3; run++) {
            agent.later(Duration.ofMinutes(15));
            assertThat(agent.sync()).isEqualTo(ExitCode.PARTLY);
        }
        assertThat(agent.batches()).isOne();
        assertThat(agent.err.toString()).contains("--confirm-losses 20");

        assertThat(agent.sync("--confirm-losses", "19")).isEqualTo(ExitCode.PARTLY);
        assertThat(agent.sync("--confirm-losses", "20")).isEqualTo(ExitCode.OK);
        assertThat(agent.registered().stream().filter(record -> record.event() == Event.END))
                .hasSize(20);
    }

    @Test
    void a_file_with_a_header_alone_does_not_end_a_fleet_of_three() throws IOException {
        String third = "192.0.2.12,103,customer-9,2026-11-01T00:00:00Z";
        agent.csv(WEB, MAIL, third);
        agent.sync();
        agent.csv();
        for (int run = 0; run < 3; run++) {
            agent.later(Duration.ofMinutes(15));
            assertThat(agent.sync()).isEqualTo(ExitCode.PARTLY);
        }
        assertThat(agent.err.toString()).contains("--confirm-losses 3");
        assertThat(agent.registered()).extracting(RegistrationRecord::event).containsOnly(Event.AMEND);

        assertThat(agent.sync("--confirm-losses", "3")).isEqualTo(ExitCode.OK);
        assertThat(agent.registered()).extracting(RegistrationRecord::event).containsOnly(Event.END);
    }

    @Test
    void a_file_that_was_cut_off_in_its_last_line_is_not_read_at_all() throws IOException {
        agent.csv(WEB, MAIL);
        agent.sync();
        Files.writeString(directory.resolve("fleet.csv"), AgentAtWork.HEADER + WEB);

        assertThat(agent.sync()).isEqualTo(ExitCode.INCOMPLETE);

        assertThat(agent.err.toString()).contains("cut off");
        assertThat(agent.batches()).isOne();
    }

    @Test
    void what_is_refused_for_one_machine_does_not_hold_up_the_others() throws IOException {
        agent.csv(WEB, "203.0.113.9,103,customer-9,2026-11-01T00:00:00Z");

        assertThat(agent.sync()).as(agent::printed).isEqualTo(ExitCode.PARTLY);

        assertThat(agent.err.toString())
                .contains("not registered: cluster-a/103: PREFIX_NOT_ASSIGNED", "at /addresses/0");
        assertThat(agent.registered()).hasSize(1);
    }

    @Test
    void a_gateway_that_is_away_gets_everything_at_the_next_run() throws IOException {
        for (Fault fault : List.of(Fault.BROKEN, Fault.UNAVAILABLE, Fault.REQUEST_LOST)) {
            agent.csv(WEB, MAIL, "192.0.2." + (50 + fault.ordinal()) + ",103,customer-9,2026-11-01T00:00:00Z");
            int before = agent.batches();
            agent.away(fault);
            assertThat(agent.sync()).as(fault.name()).isEqualTo(ExitCode.FAILED);
            assertThat(agent.batches()).isEqualTo(before);
            agent.later(Duration.ofMinutes(15));

            assertThat(agent.sync()).as(agent::printed).isEqualTo(ExitCode.OK);

            assertThat(agent.batches()).isEqualTo(before + 1);
        }
        assertThat(agent.registered()).hasSize(3);
    }

    @Test
    void a_lost_answer_registers_nothing_twice() throws IOException {
        agent.csv(WEB, MAIL);
        agent.away(Fault.ANSWER_LOST);
        assertThat(agent.sync()).isEqualTo(ExitCode.FAILED);
        agent.later(Duration.ofMinutes(15));

        assertThat(agent.sync()).as(agent::printed).isEqualTo(ExitCode.OK);

        assertThat(agent.batches()).isOne();
        assertThat(agent.command("receipts")).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_run_that_is_killed_anywhere_is_mended_by_the_next_and_nothing_is_sent_twice() throws IOException {
        agent.csv(WEB, MAIL);
        agent.sync();
        int killed = 0;
        for (int draw = 1; draw <= 20; draw++) {
            agent.later(Duration.ofMinutes(15));
            String address = "198.51.100." + draw;
            agent.csv(address + ",101,customer-7,2026-11-01T00:00:00Z", MAIL);
            int before = agent.batches();
            agent.random.dieAt(draw);
            try {
                agent.sync();
            } catch (MortalRandom.Killed midway) {
                killed++;
            }
            agent.random.dieAt(0);

            assertThat(agent.sync()).as("draw " + draw + agent.printed()).isEqualTo(ExitCode.OK);

            assertThat(agent.batches()).as("draw " + draw).isEqualTo(before + 1);
            assertThat(agent.registered("101").addresses().get(0).prefix()).isEqualTo(address);
        }
        assertThat(killed).isGreaterThan(5);
        assertThat(agent.command("receipts")).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_forged_answer_or_receipt_is_not_authentic() throws IOException {
        agent.csv(WEB);
        agent.gateway.next(Fault.ANSWER_FORGED);
        assertThat(agent.sync()).isEqualTo(ExitCode.NOT_AUTHENTIC);
        agent.gateway.next(Fault.RECEIPT_FORGED);
        assertThat(agent.sync()).isEqualTo(ExitCode.NOT_AUTHENTIC);
        assertThat(agent.sync()).as(agent::printed).isEqualTo(ExitCode.OK);
        assertThat(agent.batches()).isOne();
    }

    @Test
    void a_proof_that_is_late_is_pending_and_fetched_by_the_next_run() throws IOException {
        agent.csv(WEB);
        agent.gateway.next(Fault.LOG_SLOW, Fault.LOG_SLOW);
        assertThat(agent.sync()).isEqualTo(ExitCode.PENDING);

        assertThat(agent.sync()).as(agent::printed).isEqualTo(ExitCode.OK);

        assertThat(agent.command("receipts")).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_clock_that_is_wrong_by_hours_registers_nothing() throws IOException {
        agent.csv(WEB);
        agent.wrongBy = Duration.ofHours(3);
        assertThat(agent.sync()).isEqualTo(ExitCode.NOT_AUTHORISED);
        agent.wrongBy = Duration.ZERO;

        assertThat(agent.sync()).as(agent::printed).isEqualTo(ExitCode.OK);

        assertThat(agent.batches()).isOne();
    }

    @Test
    void two_runs_at_once_are_one_run() throws Exception {
        agent.csv(WEB);
        try (var held =
                AgentState.open(directory.resolve("sparekey-agent")).lock().orElseThrow()) {
            assertThat(held.isOpen()).isTrue();
            assertThat(agent.sync()).isEqualTo(ExitCode.CONFLICT);
        }
        assertThat(agent.batches()).isZero();
        assertThat(agent.sync()).isEqualTo(ExitCode.OK);
    }

    @Test
    void every_quarter_of_an_hour_goes_on_whatever_happened_with_a_jitter() throws IOException {
        agent.csv(WEB);
        List<Integer> runs = new ArrayList<>();
        agent.pause = wait -> {
            runs.add(runs.size());
            agent.later(wait);
            return runs.size() < 3;
        };
        agent.away(Fault.BROKEN);

        assertThat(agent.sync("--every", "15m")).isEqualTo(ExitCode.OK);

        assertThat(agent.pauses)
                .hasSize(3)
                .allSatisfy(pause -> assertThat(pause)
                        .isBetween(
                                Duration.ofMinutes(15), Duration.ofMinutes(15).plusSeconds(90)));
        assertThat(agent.sync("--every", "5 minutes")).isEqualTo(ExitCode.USAGE);
        assertThat(agent.sync("--every", "13h")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void json_is_one_object_and_quiet_is_quiet() throws IOException {
        agent.csv(WEB);
        agent.sync("--json");
        assertThat(agent.out.toString().strip())
                .startsWith("{\"command\":\"sync\"")
                .contains("\"exit\":0", "\"ok\":true", "\"schema\":\"sparekey-agent/report/v1\"")
                .endsWith("}")
                .doesNotContain("\n");
        agent.later(Duration.ofMinutes(15));
        agent.sync("--quiet");
        assertThat(agent.printed()).isEmpty();
    }

    @Test
    void progress_is_drawn_on_a_terminal_and_nowhere_else() throws IOException {
        agent.csv(WEB);
        agent.sync();
        assertThat(agent.printed()).doesNotContain("\r", "\u001b");
        agent.terminal = true;
        agent.csv(WEB, MAIL);
        agent.sync();
        assertThat(agent.err.toString()).contains("\rregistering [");
        agent.sync("--json");
        assertThat(agent.err.toString()).isEmpty();
    }

    private static String[] fleet(int size) {
        String[] lines = new String[size];
        for (int i = 0; i < size; i++) {
            lines[i] = "198.51.100." + i + "," + (200 + i) + ",customer-" + i % 7 + ",2026-11-01T00:00:00Z";
        }
        return lines;
    }
}
