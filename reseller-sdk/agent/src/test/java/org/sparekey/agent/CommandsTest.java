// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.fake.Fault;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.RegistrationRecord;

/** What a person types: end, move-ip, receipts, what-they-see, doctor, check. */
class CommandsTest {

    private static final String WEB = "192.0.2.10,101,customer-7,2026-11-01T00:00:00Z";
    private static final String SECOND = "192.0.2.11,101,customer-7,2026-11-01T00:00:00Z";
    private static final String MAIL = "2001:db8::25,102,customer-8,2026-11-02T00:00:00Z";

    private static final List<String> SECRETS = List.of(
            "tls.p12", "tls.pass", "message.p12", "message.pass", "document.p12", "document.pass", "reseller.secret");

    @TempDir
    Path directory;

    private AgentAtWork agent;

    @BeforeEach
    void begin() throws IOException {
        agent = new AgentAtWork(directory);
        agent.csv(WEB, SECOND, MAIL);
        agent.sync();
        agent.later(Duration.ofMinutes(5));
    }

    @AfterEach
    void end() {
        agent.close();
    }

    @Test
    void an_address_moves_at_one_instant_in_one_line() {
        assertThat(agent.command("move-ip", "192.0.2.11", "--from", "101", "--to", "102"))
                .as(agent::printed)
                .isEqualTo(ExitCode.OK);

        assertThat(agent.batches()).isEqualTo(2);
        RegistrationRecord from = agent.registered("101");
        RegistrationRecord to = agent.registered("102");
        assertThat(from.validFrom()).isEqualTo(to.validFrom()).isEqualTo(agent.now());
        assertThat(addresses(from)).containsExactly("192.0.2.10");
        assertThat(addresses(to)).containsExactly("2001:db8::25", "192.0.2.11");
    }

    @Test
    void the_same_move_again_finds_nothing_to_do() {
        agent.command("move-ip", "192.0.2.11", "--from", "101", "--to", "102");

        assertThat(agent.command("move-ip", "192.0.2.11", "--from", "101", "--to", "102"))
                .isEqualTo(ExitCode.NOT_FOUND);

        assertThat(agent.batches()).isEqualTo(2);
    }

    @Test
    void a_file_that_shows_the_move_afterwards_changes_nothing() throws IOException {
        agent.command("move-ip", "192.0.2.11", "--from", "101", "--to", "102");
        agent.csv(WEB, MAIL, "192.0.2.11,102,customer-8,2026-11-02T00:00:00Z");
        agent.later(Duration.ofMinutes(10));

        assertThat(agent.sync()).isEqualTo(ExitCode.OK);

        assertThat(agent.batches()).isEqualTo(2);
    }

    @Test
    void an_end_needs_no_second_look() {
        assertThat(agent.command("end", "102", "--at", "2026-11-23T12:03:00+00:00"))
                .as(agent::printed)
                .isEqualTo(ExitCode.OK);

        assertThat(agent.registered("102").event()).isEqualTo(Event.END);
        assertThat(agent.registered("102").validFrom()).isEqualTo("2026-11-23T12:03:00Z");
        assertThat(agent.command("end", "102")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void an_end_before_what_was_said_last_is_registered_as_of_now_and_that_is_told() {
        assertThat(agent.command("end", "102", "--at", "2026-10-01T00:00:00Z"))
                .as(agent::printed)
                .isEqualTo(ExitCode.PARTLY);

        assertThat(agent.printed())
                .contains("end 102: something later than 2026-10-01T00:00:00.000Z is registered already")
                .contains("as of now");
        assertThat(agent.registered("102").event()).isEqualTo(Event.END);
        assertThat(agent.registered("102").validFrom()).isEqualTo(agent.now());
    }

    @Test
    void a_move_before_what_was_said_last_is_registered_as_of_now_and_that_is_told() {
        assertThat(agent.command(
                        "move-ip", "192.0.2.11", "--from", "101", "--to", "102", "--at", "2026-10-01T00:00:00Z"))
                .as(agent::printed)
                .isEqualTo(ExitCode.PARTLY);

        assertThat(agent.printed()).contains("as of now");
        assertThat(agent.registered("102").validFrom()).isEqualTo(agent.now());
    }

    @Test
    void a_time_without_a_zone_or_still_to_come_is_refused() {
        assertThat(agent.command("end", "102", "--at", "2026-11-23 12:03")).isEqualTo(ExitCode.USAGE);
        assertThat(agent.command("end", "102", "--at", "2027-01-01T00:00:00Z")).isEqualTo(ExitCode.USAGE);
        assertThat(agent.command("move-ip", "192.0.2", "--from", "101", "--to", "102"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(agent.batches()).isOne();
    }

    @Test
    void a_command_that_meets_another_run_is_carried_out_by_the_next() throws IOException {
        try (var held =
                AgentState.open(directory.resolve("sparekey-agent")).lock().orElseThrow()) {
            assertThat(held.isOpen()).isTrue();
            assertThat(agent.command("end", "102")).isEqualTo(ExitCode.PENDING);
        }
        assertThat(agent.batches()).isOne();

        agent.csv(WEB, SECOND);
        agent.sync();

        assertThat(agent.registered("102").event()).isEqualTo(Event.END);
        agent.sync();
        assertThat(agent.batches()).isEqualTo(2);
    }

    @Test
    void a_command_while_the_gateway_is_away_is_carried_out_once_when_it_is_back() {
        for (Fault fault : List.of(Fault.BROKEN, Fault.ANSWER_LOST)) {
            String vm = fault == Fault.BROKEN ? "101" : "102";
            int before = agent.batches();
            agent.away(fault);
            assertThat(agent.command("end", vm)).isEqualTo(ExitCode.PENDING);
            agent.later(Duration.ofMinutes(15));

            assertThat(agent.command("end", vm)).isIn(ExitCode.OK, ExitCode.NOT_FOUND);

            assertThat(agent.registered(vm).event()).isEqualTo(Event.END);
            assertThat(agent.batches()).isEqualTo(before + 1);
        }
    }

    @Test
    void a_move_while_the_gateway_is_away_is_carried_out_once_when_it_is_back() {
        agent.away(Fault.ANSWER_LOST);
        assertThat(agent.command("move-ip", "192.0.2.11", "--from", "101", "--to", "102"))
                .isEqualTo(ExitCode.PENDING);
        agent.later(Duration.ofMinutes(15));

        agent.command("move-ip", "192.0.2.11", "--from", "101", "--to", "102");

        assertThat(agent.batches()).isEqualTo(2);
        assertThat(addresses(agent.registered("102"))).contains("192.0.2.11");
        assertThat(agent.registered("102").validFrom()).isEqualTo(agent.now().minus(Duration.ofMinutes(15)));
    }

    @Test
    void the_reseller_sees_every_field_that_the_hoster_holds() {
        assertThat(agent.command("what-they-see")).isEqualTo(ExitCode.OK);
        assertThat(agent.out.toString()).contains("record.vpsRef = ").doesNotContain("customer-7", "customer-8");
        assertThat(agent.command("what-they-see", "--json")).isEqualTo(ExitCode.OK);
        assertThat(agent.out.toString().strip()).startsWith("{").endsWith("}");
        assertThat(agent.command("what-they-see", "--reconciliation")).isEqualTo(ExitCode.OK);
        assertThat(agent.out.toString()).contains("type = reconciliation-view");
    }

    @Test
    void all_that_is_held_is_one_download() throws IOException {
        Path dump = directory.resolve("all.ndjson");

        assertThat(agent.command("what-they-see", "--dump", dump.toString())).isEqualTo(ExitCode.OK);

        assertThat(Files.readString(dump)).contains("101", "102").doesNotContain("customer-7", "customer-8");
    }

    @Test
    void the_doctor_names_each_file_that_others_may_read() throws IOException {
        for (String file : SECRETS) {
            Files.setPosixFilePermissions(directory.resolve(file), PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(agent.command("doctor")).as(agent::printed).isEqualTo(ExitCode.OK);
        assertThat(agent.out.toString())
                .contains("ok: the gateway answers", "ok: your last batch is the gateway's last batch");

        Files.setPosixFilePermissions(directory.resolve("tls.pass"), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(agent.command("doctor")).isEqualTo(ExitCode.FAILED);
        assertThat(agent.err.toString().strip()).isEqualTo("tls.pass can be read by others: chmod 600 tls.pass");
    }

    @Test
    void the_doctor_notices_a_ledger_that_was_set_back() throws IOException {
        Path ledger = directory.resolve("sparekey-ledger");
        byte[] before = Files.readAllBytes(ledger.resolve("state.json"));
        agent.command("end", "102");
        Files.write(ledger.resolve("state.json"), before);

        agent.command("doctor");

        assertThat(agent.err.toString()).contains("who else uses your keys?");
    }

    @Test
    void the_doctor_says_what_is_missing() throws IOException {
        Files.delete(directory.resolve("tls.p12"));

        assertThat(agent.command("doctor")).isEqualTo(ExitCode.INCOMPLETE);

        assertThat(agent.err.toString()).contains("tls.p12");
    }

    @Test
    void the_doctor_tells_a_gateway_that_is_not_ours_from_files_that_are_wrong() {
        agent.gateway.next(Fault.ANSWER_FORGED);

        assertThat(agent.command("doctor")).isEqualTo(ExitCode.NOT_AUTHENTIC);

        assertThat(agent.err.toString()).contains("gateway: ");
    }

    @Test
    void check_needs_neither_keys_nor_gateway() throws IOException {
        agent.csv(WEB, MAIL);
        assertThat(agent.source("check")).isEqualTo(ExitCode.OK);
        assertThat(agent.out.toString()).contains("2 machines");

        agent.csv(WEB, MAIL, "192.0.2.10,102,customer-8,2026-11-02T00:00:00Z");
        assertThat(agent.source("check")).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(agent.err.toString()).contains("192.0.2.10 is on cluster-a/101 and on cluster-a/102");

        agent.csv("192.0.2.10,101,customer-7,yesterday");
        assertThat(agent.source("check")).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(agent.err.toString())
                .contains("line 2", "a time with a zone")
                .doesNotContain("customer-7");
        assertThat(agent.batches()).isOne();
    }

    @Test
    void help_is_on_the_output_and_nonsense_is_wrong_usage() {
        assertThat(agent.run()).isEqualTo(ExitCode.OK);
        assertThat(agent.out.toString())
                .contains("sync", "move-ip", "what-they-see", "VERIFICATION FAILED", "Exit codes");
        assertThat(agent.run("sync", "--nonsense")).isEqualTo(ExitCode.USAGE);
    }

    private static List<String> addresses(RegistrationRecord record) {
        return record.addresses().stream()
                .map(address -> address.prefix())
                .sorted(java.util.Comparator.comparing(address -> address.indexOf(':') < 0))
                .toList();
    }
}
