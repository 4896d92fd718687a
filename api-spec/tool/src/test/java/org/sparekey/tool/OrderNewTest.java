// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderCheck;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.order.Validation;
import org.sparekey.protocol.order.Verdict;
import tools.jackson.databind.JsonNode;

/** An order is written without a question and without a gateway; what the law refuses is not written. */
class OrderNewTest {

    private static final String SEEN = "2026-11-01T14:03:11.000Z";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void the_usual_question_needs_its_facts_and_nothing_else() throws Exception {
        assertThat(order("NL-126na")).as(err::toString).isEqualTo(ExitCode.OK);

        OrderDocument order = written();
        assertThat(order.kind()).isEqualTo(OrderKind.PRODUCTION_IDENTITY);
        assertThat(order.scope().categories()).containsExactly(Category.SUBSCRIBER);
        assertThat(order.scope().captureMemory()).isFalse();
        assertThat(order.scope().from()).isEqualTo(Instant.parse(SEEN));
        assertThat(order.issuer().role()).isEqualTo("INVESTIGATOR");
        assertThat(order.secrecy().mode()).isEqualTo("SECRET");
        assertThat(order.secrecy().resellerMayKnow()).isFalse();
        assertThat(order.legalBasis().version()).isEqualTo(Matrix.newest());
        assertThat(Duration.between(order.scope().to(), order.deadline())).isEqualTo(OrderDraft.USUAL);
        assertThat(order.id().version()).isEqualTo(7);
        assertThat(judged(order)).isInstanceOf(Verdict.Allow.class);
        assertThat(out.toString()).contains("SUBSCRIBER: ALLOW", "sparekey order sign");
    }

    @Test
    void two_orders_share_neither_id_nor_salt() throws Exception {
        order("NL-126na");
        OrderDocument one = written();
        Files.delete(file());
        order("NL-126na");

        assertThat(written().id()).isNotEqualTo(one.id());
        assertThat(written().salt()).isNotEqualTo(one.salt());
    }

    @Test
    void a_disk_without_a_judge_is_not_written_and_it_says_which_options_are_missing() {
        assertThat(order("NL-126ng2")).isEqualTo(ExitCode.FAILED);

        assertThat(file()).doesNotExist();
        assertThat(out.toString())
                .contains("CONTENT: DENY(VALIDATOR_NOT_NAMED)", "--validator-authority and --validator-reference");
        assertThat(out.toString()).contains("machtiging", "nothing was written");
    }

    @Test
    void a_disk_with_its_judge_waits_for_his_document_only() throws Exception {
        assertThat(order("NL-126ng2", "--validator-authority", "rechtbank-voorbeeld", "--validator-reference", "RC 1"))
                .as(err::toString)
                .isEqualTo(ExitCode.OK);

        assertThat(written().validator().orElseThrow().role()).isEqualTo("JUDGE");
        assertThat(judged(written())).isInstanceOf(Verdict.Needs.class);
        assertThat(out.toString()).contains("CONTENT: NEEDS(validator)");
    }

    @Test
    void a_court_that_is_the_issuers_own_party_is_no_judge() {
        assertThat(order("NL-126ng2", "--validator-authority", "politie-voorbeeld", "--validator-reference", "RC 1"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("VALIDATOR_OF_ISSUERS_PARTY", "the court's --validator-authority");
    }

    @Test
    void a_freezing_lasts_as_long_as_the_law_lets_it_and_reaches_no_more_than_is_said() throws Exception {
        assertThat(order("NL-126ni")).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(err.toString()).contains("--category", "SUBSCRIBER", "TRAFFIC", "CONTENT");

        assertThat(order("NL-126ni", "--category", "content")).as(err::toString).isEqualTo(ExitCode.OK);
        assertThat(written().kind()).isEqualTo(OrderKind.PRESERVATION);
        assertThat(written().scope().categories()).containsExactly(Category.CONTENT);
        assertThat(Duration.between(written().scope().to(), written().deadline()))
                .isEqualTo(Duration.ofDays(90));
    }

    @Test
    void an_emergency_shortens_the_clock_and_nothing_else() throws Exception {
        order("NL-126na", "--urgency", "emergency");

        assertThat(written().urgency()).isEqualTo(Urgency.EMERGENCY);
        assertThat(Duration.between(written().scope().to(), written().deadline()))
                .isEqualTo(OrderDraft.EMERGENCY);
        assertThat(order("NL-126ng2", "--urgency", "EMERGENCY", "--out", "x.json"))
                .isNotEqualTo(ExitCode.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "NL-126na, --role, PROSECUTOR, ISSUER_ROLE",
        "NL-126na, --category, CONTENT, CATEGORY_BEYOND_BASIS",
        "NL-126na, --category, TRAFFIC, CATEGORY_BEYOND_BASIS",
        "NL-126na, --kind, SNAPSHOT_COPY, KIND_NOT_OF_BASIS",
        "NL-126nc, --format, ADDRESS, USER_DATA_NEEDS_126NA",
        "NL-126na, --urgency, ORAL, ORAL_NOT_ALLOWED",
        "NL-126na, --deadline, 2026-11-01T15:00:00Z, DEADLINE_PASSED",
        "NL-126na, --seen-until, 2199-01-01T00:00:00Z, OBSERVED_IN_FUTURE",
        "NL-126nda, --role, PROSECUTOR, CAMERA_IMAGES_ONLY",
        "NL-54a, --country, NL, REPLACED_BY_125P",
        "NL-VOL, --category, SUBSCRIBER, PERSONAL_ON_VOLUNTARY_REQUEST"
    })
    void what_the_matrix_would_refuse_is_refused_here_by_the_same_code(
            String basis, String option, String value, String code) {
        String role = basis.equals("NL-VOL") ? "INVESTIGATOR" : "";
        String[] more = role.isEmpty() ? new String[] {option, value} : new String[] {option, value, "--role", role};
        assertThat(order(basis, more)).as(err::toString).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("DENY(" + code + ")");
        assertThat(file()).doesNotExist();
    }

    @Test
    void memory_is_never_implied_and_never_of_a_basis_without_it() {
        assertThat(order("NL-126na", "--memory")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("MEMORY_BEYOND_BASIS", "no --memory");
    }

    @Test
    void everything_that_is_missing_is_said_at_once() {
        assertThat(run("order", "new", "--basis", "NL-126na")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("--authority", "--person", "--addressee", "--target", "--seen", "--case-ref", "--deliver-to");
    }

    @Test
    void a_wildcard_an_unknown_basis_and_an_order_about_another_are_refused() {
        assertThat(order("NL-126na", "--target", "203.0.113.*")).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(order("NL-126na", "--target", "203.0.113.0/24")).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(order("NL-999")).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(err.toString()).contains("NL-999 is not in the matrix", "NL-126na");
        assertThat(order("NL-126na", "--kind", "WITHDRAWAL")).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(file()).doesNotExist();
    }

    @Test
    void nothing_that_is_there_is_written_over() throws Exception {
        Files.writeString(file(), "mine");
        assertThat(order("NL-126na")).isEqualTo(ExitCode.FAILED);
        assertThat(file()).content().isEqualTo("mine");
    }

    @Test
    void json_says_the_verdict_and_where_the_order_is() throws Exception {
        assertThat(order("NL-126na", "--json")).isEqualTo(ExitCode.OK);
        JsonNode good = Wire.tree(out.toString().strip().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(good.get("written").asString()).isEqualTo(file().toString());
        assertThat(good.get("verdicts").get("SUBSCRIBER").asString()).isEqualTo("ALLOW");
        assertThat(good.get("order").asString()).isEqualTo(written().id().toString());

        assertThat(order(
                        "NL-126ng2",
                        "--json",
                        "--out",
                        directory.resolve("y.json").toString()))
                .isEqualTo(ExitCode.FAILED);
        JsonNode bad = Wire.tree(out.toString().strip().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(bad.get("denied").get("code").asString()).isEqualTo("VALIDATOR_NOT_NAMED");
        assertThat(bad.has("written")).isFalse();
    }

    @Test
    void attachments_are_named_by_their_digests() throws Exception {
        Path scan = Files.writeString(directory.resolve("scan.pdf"), "%PDF-");
        assertThat(order("NL-126na", "--document", scan.toString()))
                .as(err::toString)
                .isEqualTo(ExitCode.OK);
        assertThat(written().documents()).singleElement().satisfies(named -> {
            assertThat(named.type()).isEqualTo("application/pdf");
            assertThat(named.sha256()).isEqualTo(org.sparekey.protocol.json.Digest.sha256(Files.readAllBytes(scan)));
        });
    }

    private Path file() {
        return directory.resolve("order.json");
    }

    private OrderDocument written() throws Exception {
        return Wire.read(Files.readAllBytes(file()), OrderDocument.class);
    }

    private static Verdict judged(OrderDocument order) {
        Validation validation = order.validator().isPresent() ? new Validation.Unproven() : new Validation.Absent();
        Instant now = order.scope().to();
        return OrderCheck.judge(order, Matrix.packaged(), new OrderCheck.Facts(Optional.empty(), validation, now, now))
                .overall();
    }

    /** The last value of an option counts, so that a test says only what differs. */
    private int order(String basis, String... more) {
        List<String> words = new ArrayList<>(List.of("order", "new", "--basis", basis));
        List<String> usual = List.of(
                "--authority", "politie-voorbeeld",
                "--person", "p-1001",
                "--addressee", "Voorbeeld Hosting B.V.",
                "--gateway", "https://api.hoster.example",
                "--target", "203.0.113.9",
                "--seen", SEEN,
                "--case-ref", "ZEESTER-1",
                "--deliver-to", "team-zeester",
                "--out", file().toString());
        for (int i = 0; i < usual.size(); i += 2) {
            if (!Arrays.asList(more).contains(usual.get(i))) {
                words.addAll(usual.subList(i, i + 2));
            }
        }
        words.addAll(Arrays.asList(more));
        return run(words.toArray(String[]::new));
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        return Sparekey.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
