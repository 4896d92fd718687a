// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.protocol.witness.Cosigner;
import org.sparekey.testkit.Database;
import org.sparekey.testkit.world.Site;
import org.sparekey.testkit.world.World;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A gateway that may not start does not start, and says why in sentences. */
class StartTest {

    @TempDir
    private static Path directory;

    private static World world;
    private static Database.Access database;

    @BeforeAll
    static void create() {
        world = World.create(directory, Site.free(), InstantSource.system(), new SecureRandom());
        database = Database.shared().fresh();
    }

    @Test
    void without_a_mode_it_refuses() {
        assertThat(refusal(Map.of("sparekey.mode", "")))
                .singleElement()
                .asString()
                .contains("No mode");
    }

    @Test
    void without_a_law_that_two_officers_adopted_it_refuses_in_one_sentence() {
        Throwable failure = catchThrowable(
                () -> GatewayFixture.run(world, database, Map.of("sparekey.law.adoption", "/nowhere/law.json"))
                        .close());
        FailureAnalysis analysis = Objects.requireNonNull(new StartupRefusedAnalyzer().analyze(failure));
        assertThat(analysis.getDescription())
                .startsWith("The adoption of the legal-basis matrix cannot be read")
                .doesNotContain("\n");
    }

    @Test
    void a_misspelt_setting_refuses_to_start() {
        assertThat(refusal(Map.of("sparekey.lisen.api-port", "1")))
                .singleElement()
                .asString()
                .contains("sparekey.lisen.api-port");
    }

    @Test
    void production_refuses_and_lists_every_absent_guarantee_at_once() {
        assertThat(refusal(Map.of("sparekey.mode", "production")))
                .anyMatch(reason -> reason.contains("quorum none"))
                .anyMatch(reason -> reason.contains("time-stamp"))
                .anyMatch(reason -> reason.contains("called back"))
                .anyMatch(reason -> reason.contains("test CA"))
                .anyMatch(reason -> reason.contains(".invalid"))
                .anyMatch(reason -> reason.contains("bootstrap"))
                .allMatch(reason -> reason.endsWith("."));
    }

    @Test
    void production_refuses_our_own_and_a_test_authority_of_time() {
        Map<String, String> ours = Map.of(
                "sparekey.mode", "production",
                "sparekey.time.url", "http://127.0.0.1:1/tsa",
                "sparekey.time.roots", world.timeRoots().toString());
        assertThat(refusal(ours))
                .contains(
                        "The time-stamp authority is a test authority.",
                        "The time-stamp authority runs on the gateway's own machine.")
                .noneMatch(reason -> reason.contains("No time-stamp authority"));
    }

    @Test
    void production_refuses_alarms_that_one_party_alone_hears() {
        String one = "Alarms reach fewer than two parties: name two among sparekey.alarms.webhooks and mail.to.";
        Map<String, String> webhook = Map.of(
                "sparekey.mode", "production", "sparekey.alarms.webhooks[0]", "https://alarms.hoster.example/sparekey");
        assertThat(refusal(Map.of("sparekey.mode", "production"))).contains(one);
        assertThat(refusal(webhook)).contains(one);
        Map<String, String> both = new HashMap<>(webhook);
        both.putAll(Map.of(
                "sparekey.alarms.mail.host", "mail.hoster.example",
                "sparekey.alarms.mail.from", "gateway@hoster.example",
                "sparekey.alarms.mail.to[0]", "supervisor@toezicht.example"));
        assertThat(refusal(both)).isNotEmpty().doesNotContain(one);
    }

    @Test
    void a_time_stamp_authority_without_roots_refuses_to_start_in_one_sentence() {
        Throwable failure = catchThrowable(
                () -> GatewayFixture.run(world, database, Map.of("sparekey.time.url", "https://tsa.example/"))
                        .close());
        FailureAnalysis analysis = Objects.requireNonNull(new StartupRefusedAnalyzer().analyze(failure));
        assertThat(analysis.getDescription())
                .startsWith("The time-stamp authority has no roots:")
                .doesNotContain("\n");
    }

    @Test
    void production_refuses_witnesses_that_share_a_host_or_are_the_gateway_itself(@TempDir Path policies)
            throws IOException {
        SecureRandom random = new SecureRandom();
        String policy = "witness a " + Cosigner.generate("a", random).key().vkey() + " https://w.example/a\n"
                + "witness b " + Cosigner.generate("b", random).key().vkey() + " https://w.example/b\n"
                + "witness c " + Cosigner.generate("c", random).key().vkey() + " http://127.0.0.1:1\n"
                + "group enough 2 a b c\nquorum enough\n";
        Path file = Files.writeString(policies.resolve("case.policy"), policy);
        assertThat(refusal(Map.of("sparekey.mode", "production", "sparekey.log.policy.case", file.toString())))
                .contains("Two witnesses of the log case run on one host, w.example.")
                .contains("A witness of the log case runs on the gateway's own host, 127.0.0.1.")
                .contains("No witnesses cosign the log registry: its policy is quorum none.")
                .doesNotContain("No witnesses cosign the log case: its policy is quorum none.");
    }

    @Test
    void witnesses_that_share_a_key_are_no_policy(@TempDir Path policies) throws IOException {
        String key = Cosigner.generate("a", new SecureRandom()).key().vkey();
        Path file = Files.writeString(
                policies.resolve("case.policy"),
                "witness a " + key + " https://a.example\nwitness b " + key + " https://b.example\nquorum a\n");
        Throwable failure = catchThrowable(
                () -> GatewayFixture.run(world, database, Map.of("sparekey.log.policy.case", file.toString()))
                        .close());
        FailureAnalysis analysis = Objects.requireNonNull(new StartupRefusedAnalyzer().analyze(failure));
        assertThat(analysis.getDescription()).startsWith("The witness policy ").doesNotContain("\n");
    }

    @Test
    void observe_has_no_capture_right_and_refuses_one() {
        assertThat(refusal(Map.of("sparekey.mode", "observe", "sparekey.evidence.directory", "/tmp")))
                .singleElement()
                .asString()
                .contains("no right to capture");
    }

    @Test
    void a_room_without_its_configuration_is_one_sentence_and_no_stack_trace() {
        Throwable failure =
                catchThrowable(() -> GatewayFixture.run(world, database, Map.of("sparekey.database.url", ""))
                        .close());
        FailureAnalysis analysis = Objects.requireNonNull(new StartupRefusedAnalyzer().analyze(failure));
        assertThat(analysis.getDescription()).startsWith("No database:").doesNotContain("\n");
    }

    @Test
    void a_failure_of_somebody_else_is_not_put_in_our_words() {
        assertThat(new StartupRefusedAnalyzer().analyze(new IllegalArgumentException("whatever.")))
                .isNull();
    }

    @Test
    void several_complaints_come_together() {
        assertThat(refusal(
                        Map.of("sparekey.mode", "", "sparekey.gateway-origin", "http://x", "sparekey.public-host", "")))
                .hasSize(3);
    }

    private static List<String> refusal(Map<String, String> more) {
        Throwable failure =
                catchThrowable(() -> GatewayFixture.run(world, database, more).close());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartupRefused refused) {
                return refused.reasons();
            }
        }
        throw new AssertionError("it did not refuse", failure);
    }
}
