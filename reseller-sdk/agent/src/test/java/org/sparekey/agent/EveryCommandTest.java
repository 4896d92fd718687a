// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.fake.Fault;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import tools.jackson.databind.JsonNode;

/** What holds for every command alike: the exit codes, one object with --json, nothing with --quiet. */
class EveryCommandTest {

    private static final Path ROOT = Path.of(System.getProperty("sparekey.basedir", "../.."));
    private static final Pattern LISTED = Pattern.compile("(?m)^  ([a-z][a-z-]+)  +[A-Z]");
    private static final Pattern CODE = Pattern.compile("(?m)^ +([0-9]+) +(\\S.*)$");
    private static final Pattern CONSTANT = Pattern.compile("static final int ([A-Z_]+) = ([A-Za-z0-9_.]+);");

    @TempDir
    Path directory;

    private AgentAtWork agent;

    @BeforeEach
    void begin() throws IOException {
        agent = new AgentAtWork(directory);
        agent.csv("192.0.2.10,101,customer-7,2026-11-01T00:00:00Z", "192.0.2.11,102,customer-8,2026-11-01T00:00:00Z");
    }

    @AfterEach
    void end() {
        agent.close();
    }

    /** Each so that it does what it can; what was ended is not there to be moved, and nobody takes over from himself. */
    private Map<String, List<List<String>>> commands() {
        List<String> config = List.of("--config", agent.config().toString());
        List<String> source = List.of(
                "--source",
                "csv",
                "--cluster",
                "cluster-a",
                "--file",
                directory.resolve("fleet.csv").toString());
        Map<String, List<List<String>>> all = new TreeMap<>();
        all.put("check", List.of(source));
        all.put("diff", List.of(join(config, source)));
        all.put("sync", List.of(join(config, source, "--dry-run"), join(config, source)));
        all.put("doctor", List.of(config, join(config, List.of("--offline"))));
        all.put("receipts", List.of(config, join(config, List.of("--fetch"))));
        all.put(
                "what-they-see",
                List.of(
                        config,
                        join(config, List.of("--reconciliation")),
                        join(config, List.of("--dump", directory.resolve("dump").toString()))));
        all.put("move-ip", List.of(join(config, List.of("192.0.2.11", "--from", "102", "--to", "101"))));
        all.put("end", List.of(join(config, List.of("102"))));
        all.put("hand-over", List.of(handOver(config)));
        all.put("init", List.of(join(config, List.of("--log-key", logKey()))));
        all.put("take-over", List.of(join(config, source, "101", "--release", release())));
        return all;
    }

    @Test
    void with_json_each_command_prints_one_object_and_with_quiet_nothing() throws Exception {
        secretsForTheirOwner();
        assertThat(agent.sync()).isEqualTo(ExitCode.OK);
        Map<String, List<List<String>>> commands = commands();
        assertThat(commands.keySet()).as("no command is forgotten here").isEqualTo(listed());
        for (Map.Entry<String, List<List<String>>> command : commands.entrySet()) {
            for (List<String> options : command.getValue()) {
                String name = command.getKey() + options;
                int exit = run(command.getKey(), options, "--json");
                assertThat(exit).as(name + agent.printed()).isIn(ExitCode.OK, ExitCode.NOT_FOUND, ExitCode.PARTLY);
                JsonNode object = Wire.tree(agent.out.toString().strip().getBytes(StandardCharsets.UTF_8));
                assertThat(object.isObject()).as(name).isTrue();
                assertThat(agent.err.toString()).as(name).isEmpty();
                assertThat(agent.out.toString().strip()).as(name).doesNotContain("\n", "customer-7", "customer-8");

                run(command.getKey(), options, "--quiet");
                assertThat(agent.out.toString()).as(name).isEmpty();
            }
        }
    }

    @Test
    void a_command_that_fails_says_so_in_the_object_too_and_by_its_exit_code() throws Exception {
        agent.sync();
        Files.move(agent.config(), directory.resolve("away.json"));
        for (Map.Entry<String, List<List<String>>> command : commands().entrySet()) {
            for (List<String> options : command.getValue()) {
                if (command.getKey().equals("check")) {
                    continue;
                }
                int exit = run(command.getKey(), options, "--json");
                fails(command.getKey() + options, exit, ExitCode.INCOMPLETE, ExitCode.USAGE);
            }
        }
    }

    @Test
    void what_a_gateway_does_has_the_same_code_in_every_command_that_asks_it() throws Exception {
        secretsForTheirOwner();
        agent.sync();
        Map<Fault, Integer> faults = Map.of(Fault.ANSWER_FORGED, ExitCode.NOT_AUTHENTIC, Fault.BROKEN, ExitCode.FAILED);
        for (Map.Entry<Fault, Integer> fault : faults.entrySet()) {
            for (String command : List.of("what-they-see", "doctor")) {
                agent.away(fault.getKey());
                int exit = agent.command(command, "--json");
                fails(command + " " + fault.getKey(), exit, fault.getValue());
                while (agent.command("what-they-see", "--quiet") != ExitCode.OK) {
                    // Faults that were not used up.
                }
            }
        }
    }

    @Test
    void the_codes_of_the_agent_are_those_of_sparekey_and_its_help_names_each() throws IOException {
        Map<String, String> ours = constants("reseller-sdk/agent/src/main/java/org/sparekey/agent/ExitCode.java");

        assertThat(ours).isEqualTo(constants("api-spec/tool/src/main/java/org/sparekey/tool/ExitCode.java"));
        assertThat(ours).hasSize(11);
        agent.run("--help");
        Matcher code = CODE.matcher(agent.out.toString());
        List<Integer> told = new ArrayList<>();
        while (code.find()) {
            told.add(Integer.parseInt(code.group(1)));
        }
        assertThat(told).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    private void fails(String name, int exit, Integer... expected) throws MalformedException {
        assertThat(exit).as(name + agent.printed()).isIn((Object[]) expected);
        if (exit == ExitCode.USAGE) {
            return;
        }
        assertThat(agent.err.toString()).as(name).isEmpty();
        JsonNode object = Wire.tree(agent.out.toString().strip().getBytes(StandardCharsets.UTF_8));
        assertThat(object.path("exit").asInt()).as(name).isEqualTo(exit);
        assertThat(object.path("ok").asBoolean()).as(name).isFalse();
        assertThat(object.path("problems").size()).as(name).isPositive();
    }

    private int run(String command, List<String> options, String more) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(options);
        words.add(more);
        return agent.run(words.toArray(String[]::new));
    }

    private java.util.Set<String> listed() {
        agent.run("--help");
        java.util.Set<String> names = new java.util.TreeSet<>();
        Matcher listed = LISTED.matcher(agent.out.toString());
        while (listed.find()) {
            names.add(listed.group(1));
        }
        return names;
    }

    private List<String> handOver(List<String> config) {
        return join(config, List.of("101", "--to", "duinrand", "--out", release()));
    }

    private String release() {
        return directory.resolve("release.jws").toString();
    }

    private String logKey() {
        try {
            JsonNode config = Wire.tree(
                    Files.readAllBytes(Files.exists(agent.config()) ? agent.config() : directory.resolve("away.json")));
            return Files.writeString(
                            directory.resolve("registry.vkey"),
                            config.path("logKeys").get(0).asString())
                    .toString();
        } catch (IOException | MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void secretsForTheirOwner() throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setPosixFilePermissions(
                        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    private static Map<String, String> constants(String source) throws IOException {
        Map<String, String> constants = new TreeMap<>();
        Matcher constant = CONSTANT.matcher(Files.readString(ROOT.resolve(source)));
        while (constant.find()) {
            constants.put(constant.group(1), constant.group(2));
        }
        return constants;
    }

    private static List<String> join(List<String> one, List<String> two, String... more) {
        List<String> all = new ArrayList<>(one);
        all.addAll(two);
        all.addAll(List.of(more));
        return all;
    }
}
