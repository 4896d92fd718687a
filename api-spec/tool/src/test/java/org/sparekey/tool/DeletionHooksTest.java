// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hooks as WHMCS and libvirt run them, and what sends their notes on, with commands that write down what they were told. */
class DeletionHooksTest {

    private static final Path HOOKS = Path.of(System.getProperty("sparekey.basedir", "../.."))
            .resolve("api-spec/tool/src/hooks")
            .toAbsolutePath();
    private static final String UUID = "6f1b1c7e-0000-4000-8000-000000000101";
    private static final String XML = """
            <domain type='kvm'>
              <name>vps-101</name>
              <uuid>%s</uuid>
            </domain>
            """.formatted(UUID);

    @TempDir
    Path directory;

    private Path spool;
    private Path told;

    @BeforeEach
    void surroundings() throws IOException {
        spool = Files.createDirectory(directory.resolve("spool"));
        told = Files.createFile(directory.resolve("told"));
        command("virsh", "[ -f '%1$s/away' ] && exit 1; cat '%1$s/known' 2>/dev/null; exit 0");
        command("destroy", "echo \"destroy $*\" >>'%1$s/told'");
        command("quarantine", "echo \"quarantine $*\" >>'%1$s/told'; exit $(cat '%1$s/broken' 2>/dev/null || echo 0)");
        command("sparekey", """
                echo "$*" | sed 's/ --config [^ ]*//' >>'%1$s/told'
                case "$2" in
                    request) exit $(cat '%1$s/answer' 2>/dev/null || echo 0) ;;
                    list) cat '%1$s/due' 2>/dev/null || true ;;
                    ask) cat '%1$s/permit'; exit $(cat '%1$s/asked' 2>/dev/null || echo 0) ;;
                esac
                """);
        Files.writeString(directory.resolve("conf"), """
                CLUSTER=ams-1
                CONFIG=/nowhere/gateway.json
                NODES="qemu:///system"
                SPOOL=%1$s/spool
                SPAREKEY=%1$s/sparekey
                VIRSH=%1$s/virsh
                DELETE=%1$s/destroy
                QUARANTINE=%1$s/quarantine
                """.formatted(directory));
    }

    @Test
    void a_terminated_service_is_noted_without_the_customer_and_sent_on() throws Exception {
        php("['params' => ['serviceid' => 7, 'domain' => 'jansen.example.org', 'customfields' => ['vmid' => '101',"
                + " 'uuid' => '" + UUID + "'], 'clientsdetails' => ['email' => 'jansen@example.org']]]");

        assertThat(notes(".note")).hasSize(1);
        assertThat(Files.readString(notes(".note").get(0)))
                .startsWith("uuid=" + UUID + "\nvm=101\nat=20")
                .doesNotContain("jansen");
        assertThat(deletions()).isZero();
        assertThat(told())
                .first()
                .asString()
                .matches("deletion request --cluster ams-1 --at 20\\S+Z --uuid " + UUID + " --vm 101");
        assertThat(notes(".note")).isEmpty();
    }

    @Test
    void whatever_goes_wrong_whmcs_goes_on_and_nothing_is_noted() throws Exception {
        php("[]");
        php("['params' => ['customfields' => ['vmid' => \"101\\nat=x\", 'uuid' => '--all']]]");
        php("['params' => ['customfields' => ['vmid' => ['an', 'array']]]]");
        php("['params' => ['customfields' => ['vmid' => '$(touch /tmp/x)']]]");
        assertThat(notes("")).isEmpty();
        Files.delete(spool);
        php("['params' => ['customfields' => ['vmid' => '102']]]");
    }

    @Test
    void a_guest_that_is_gone_from_every_node_counts_after_a_while_and_one_that_only_stopped_does_not()
            throws Exception {
        libvirt("release");
        assertThat(deletions()).isZero();
        assertThat(told()).as("too early").containsExactly("deletion list");
        settle();
        Files.createFile(directory.resolve("away"));
        assertThat(deletions()).as("a node that does not answer says nothing").isEqualTo(1);
        assertThat(notes(".note")).hasSize(1);
        Files.delete(directory.resolve("away"));
        Files.writeString(directory.resolve("known"), " " + UUID + "\n\n");
        assertThat(deletions()).isZero();
        assertThat(notes(".note")).as("it is still defined").isEmpty();
        assertThat(told()).allMatch("deletion list"::equals);

        Files.delete(directory.resolve("known"));
        libvirt("release");
        libvirt("release");
        settle();
        assertThat(deletions()).isZero();
        assertThat(told())
                .filteredOn(line -> line.startsWith("deletion request"))
                .hasSize(1);
    }

    @Test
    void libvirts_hook_ends_well_whatever_it_is_given() throws Exception {
        for (String phase : List.of("prepare", "start", "started", "stopped", "migrate", "")) {
            libvirt(phase);
        }
        assertThat(run(Map.of(), "<uuid>$(reboot)</uuid>", hook("libvirt/qemu"), "vps", "release"))
                .isZero();
        assertThat(run(Map.of(), "", hook("libvirt/qemu"))).isZero();
        assertThat(run(Map.of("SPAREKEY_DELETIONS", "/no/such/place"), XML, hook("libvirt/qemu"), "vps", "release"))
                .isZero();
        assertThat(notes("")).isEmpty();
    }

    @Test
    void what_is_permitted_is_done_and_reported_and_nothing_else() throws Exception {
        due("DELETE 1", 0);
        assertThat(deletions()).isZero();
        assertThat(told())
                .containsExactly(
                        "deletion list",
                        "deletion ask DEL-0000-0001",
                        "destroy ams-1 " + UUID + " 101",
                        "deletion report DEL-0000-0001 1 destroyed");
        Files.writeString(told, "");
        due("MOVE_TO_QUARANTINE 2", 0);
        Files.writeString(directory.resolve("broken"), "1");
        assertThat(deletions()).isEqualTo(1);
        assertThat(told()).endsWith("quarantine ams-1 " + UUID + " 101", "deletion report DEL-0000-0001 2 failed");
        Files.writeString(told, "");
        due("NOT_YET 0", 8);
        assertThat(deletions()).isZero();
        due("NOT_YET 0", 0);
        assertThat(deletions()).as("an answer that contradicts its exit code").isEqualTo(1);
        due("DELETE 1", 5);
        assertThat(deletions()).as("not authentic").isEqualTo(1);
        assertThat(told()).noneMatch(line -> line.startsWith("destroy") || line.startsWith("deletion report"));
    }

    @Test
    void no_option_folder_or_wildcard_ever_reaches_the_destroying_command() throws Exception {
        due("DELETE 1", 0);
        for (String words : List.of(
                "ams-1 - ..",
                "ams-1 - .",
                "ams-1 - -rf",
                "ams-1 - --all",
                "ams-1 - -",
                "ams-1 - *",
                "ams-1 - 101/..",
                "ams-1 --all 101",
                "--all " + UUID + " 101",
                "ams-1 - 101 102",
                "ams-1 -",
                "")) {
            permit("DELETE 1", Duration.ofMinutes(10), words);
            assertThat(deletions()).as(words).isEqualTo(1);
        }
        assertThat(told()).noneMatch(line -> line.startsWith("destroy") || line.startsWith("deletion report"));
    }

    @Test
    void nothing_is_touched_under_a_permit_that_is_about_to_end_or_whose_end_nobody_can_read() throws Exception {
        due("DELETE 1", 0);
        for (Duration left : List.of(Duration.ofMinutes(-1), Duration.ZERO, Duration.ofSeconds(5))) {
            permit("DELETE 1", left, "ams-1 " + UUID + " 101");
            assertThat(deletions()).isEqualTo(1);
        }
        Files.writeString(directory.resolve("permit"), "DELETE 1 never ams-1 " + UUID + " 101\n");
        assertThat(deletions()).isEqualTo(1);
        assertThat(told()).noneMatch(line -> line.startsWith("destroy") || line.startsWith("deletion report"));
    }

    @Test
    void a_command_that_hangs_and_hears_no_signal_is_ended_before_its_permit() throws Exception {
        command("destroy", "trap '' TERM; echo began >>'%1$s/told'; while :; do sleep 1; done");
        Files.writeString(directory.resolve("conf"), "KILL_SECONDS=1\n", java.nio.file.StandardOpenOption.APPEND);
        due("DELETE 1", 0);
        permit("DELETE 1", Duration.ofSeconds(9), "ams-1 " + UUID + " 101");
        assertThat(deletions()).isEqualTo(1);
        assertThat(told()).endsWith("began", "deletion report DEL-0000-0001 1 failed");
    }

    @Test
    void another_clusters_disk_is_not_asked_for() throws Exception {
        due("DELETE 1", 0);
        Files.writeString(directory.resolve("due"), "DEL-0000-0001 ams-2 " + UUID + " 101\n");
        assertThat(deletions()).isZero();
        assertThat(told()).containsExactly("deletion list");
    }

    @Test
    void a_note_stays_until_it_is_answered_and_garbage_is_set_aside() throws Exception {
        Files.writeString(spool.resolve("1.note"), "vm=101\nat=2026-11-23T12:00:00.000Z\nsource=whmcs\n");
        Files.writeString(spool.resolve("2.note"), "vm=--party=x\nat=2026-11-23T12:00:00.000Z\n");
        Files.createSymbolicLink(spool.resolve("3.note"), Path.of("/etc/hostname"));
        Files.writeString(directory.resolve("answer"), "1");
        assertThat(deletions()).isEqualTo(1);
        assertThat(notes(".note")).extracting(Path::getFileName).contains(Path.of("1.note"), Path.of("3.note"));
        assertThat(notes(".bad")).hasSize(1);
        Files.writeString(directory.resolve("answer"), "6");
        assertThat(deletions()).isZero();
        assertThat(notes(".unknown")).hasSize(1);
        assertThat(told())
                .filteredOn(line -> line.startsWith("deletion request"))
                .hasSize(2);
    }

    private void due(String permit, int exit) throws IOException {
        Files.writeString(directory.resolve("due"), "DEL-0000-0001 ams-1 " + UUID + " 101\n");
        permit(permit, Duration.ofMinutes(10), "ams-1 " + UUID + " 101");
        Files.writeString(directory.resolve("asked"), Integer.toString(exit));
    }

    private void permit(String permit, Duration lasting, String words) throws IOException {
        Files.writeString(
                directory.resolve("permit"), permit + " " + Instant.now().plus(lasting) + " " + words + "\n");
    }

    private void settle() throws IOException {
        for (Path note : notes(".note")) {
            Files.setLastModifiedTime(note, FileTime.from(Instant.now().minus(Duration.ofMinutes(30))));
        }
    }

    private int deletions() throws Exception {
        return run(
                Map.of(),
                "",
                hook("bin/sparekey-deletions"),
                directory.resolve("conf").toString());
    }

    private void libvirt(String phase) throws Exception {
        assertThat(run(Map.of(), XML, hook("libvirt/qemu"), "vps-101", phase, "end", "-"))
                .isZero();
    }

    private void php(String variables) throws Exception {
        boolean there = Files.isExecutable(Path.of("/usr/bin/php"));
        if (Boolean.getBoolean("sparekey.requireTools")) {
            assertThat(there).as("php (Debian package php-cli) is installed").isTrue();
        }
        assumeTrue(there, "php (Debian package php-cli) is not installed");
        Path script = Files.writeString(directory.resolve("whmcs.php"), """
                <?php
                define('WHMCS', true);
                $hooks = [];
                function add_hook($point, $priority, $hook) { global $hooks; $hooks[$point] = $hook; }
                require $argv[1];
                $hooks['AfterModuleTerminate'](%s);
                echo 'went on';
                """.formatted(variables));
        String hook = hook("whmcs/sparekey_terminate.php");
        assertThat(run(Map.of(), "", "php", "-l", hook)).isZero();
        assertThat(run(Map.of(), "", "php", script.toString(), hook)).isZero();
        assertThat(Files.readString(directory.resolve("out")))
                .endsWith("went on")
                .doesNotContain("101");
    }

    private int run(Map<String, String> more, String input, String... words) throws Exception {
        Path in = Files.writeString(directory.resolve("in"), input);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(in.toFile())
                .redirectOutput(directory.resolve("out").toFile());
        builder.environment().put("SPAREKEY_DELETIONS", spool.toString());
        builder.environment().putAll(more);
        return builder.start().waitFor();
    }

    private void command(String name, String body) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body.formatted(directory) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> told() throws IOException {
        return Files.readAllLines(told, StandardCharsets.UTF_8);
    }

    /** Whatever lies there but the lock. */
    private List<Path> notes(String ending) throws IOException {
        try (Stream<Path> files = Files.list(spool)) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.endsWith(".lock"))
                    .sorted()
                    .toList());
        }
    }

    private static String hook(String name) {
        return HOOKS.resolve(name).toString();
    }
}
