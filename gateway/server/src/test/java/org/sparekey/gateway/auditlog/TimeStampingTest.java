// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.timestamp.TimeStampFault;
import org.sparekey.protocol.timestamp.cms.CmsTimeStamps;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.testkit.tsa.Conduct;

class TimeStampingTest {

    private static final Digest MANIFEST = Digest.sha256("a manifest".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path root;

    private TimeFixture hour;
    private AuditLog log;
    private TimeStamping time;

    @BeforeEach
    void start() {
        hour = new TimeFixture(root);
        log = hour.fixture.start();
        time = hour.start(log);
    }

    @AfterEach
    void stop() {
        hour.close();
    }

    @Test
    void the_newest_checkpoint_is_stamped_every_hour_and_not_more_often() {
        Digest first = hour.grow(log);
        TimeFixture.all(time);
        hour.pass(Duration.ofMinutes(59));
        Digest between = hour.grow(log);
        TimeFixture.all(time);
        hour.pass(Duration.ofMinutes(1));
        Digest second = hour.grow(log);
        TimeFixture.all(time);

        assertThat(hour.tsa.stamped()).containsExactly(first, second);
        assertThat(time.token(first).orElseThrow().time()).isEqualTo(LogFixture.NOW);
        assertThat(time.token(second).orElseThrow().time()).isEqualTo(hour.now());
        assertThat(time.token(between)).isEmpty();
        assertThat(verdict(second)).isEqualTo("stamped");
    }

    @Test
    void both_logs_are_stamped_each_by_its_own_hour() {
        hour.fixture.append(log, registered());
        LogFixture.all(log);
        hour.grow(log);
        TimeFixture.all(time);

        assertThat(hour.tsa.stamped())
                .containsExactlyInAnyOrder(
                        Digest.sha256(log.checkpoint(LogName.REGISTRY).orElseThrow()),
                        Digest.sha256(log.checkpoint(LogName.CASE).orElseThrow()));
        assertThat(entries(LogName.REGISTRY)).isEqualTo(1);
    }

    @Test
    void an_empty_log_is_not_stamped() {
        assertThat(time.step()).isFalse();
        assertThat(time.state().missingSince()).isEmpty();
    }

    @Test
    void a_token_is_an_entry_of_its_log_that_names_its_digest() throws Exception {
        Digest head = hour.grow(log);
        TimeFixture.all(time);
        LogFixture.all(log);

        EntryText entry = log.from(LogName.CASE, 1, 10).getFirst();
        assertThat(entry.parsed().type()).isEqualTo("time.stamped");
        assertThat(entry.parsed().clear()).containsExactly(java.util.Map.entry("what", "checkpoint"));
        byte[] payload = log.payload(entry.recorded().leafHash()).orElseThrow().payload();
        StampRecord said = Wire.read(payload, StampRecord.class);
        assertThat(said.stamped()).isEqualTo(head);
        assertThat(said.reply())
                .isEqualTo(Digest.sha256(time.token(head).orElseThrow().reply()));
        assertThat(said.size()).contains(1L);
    }

    @Test
    void a_delivery_does_not_wait_for_the_hour() {
        hour.grow(log);
        TimeFixture.all(time);
        Digest delivered = hour.grow(log);

        assertThat(time.askCheckpoint(LogName.CASE)).isTrue();
        assertThat(time.askCheckpoint(LogName.CASE)).isFalse();
        TimeFixture.all(time);

        assertThat(hour.tsa.stamped()).endsWith(delivered).hasSize(2);
        assertThat(entries(LogName.REGISTRY))
                .as("nothing of it shows in the registry log")
                .isZero();
    }

    @Test
    void a_question_of_a_transaction_that_is_undone_was_never_asked() {
        hour.fixture.transaction().executeWithoutResult(status -> {
            time.ask(MANIFEST);
            status.setRollbackOnly();
        });
        TimeFixture.all(time);
        assertThat(hour.tsa.stamped()).isEmpty();
        hour.fixture.transaction().executeWithoutResult(status -> time.ask(MANIFEST));
        hour.fixture.transaction().executeWithoutResult(status -> time.ask(MANIFEST));
        TimeFixture.all(time);
        assertThat(hour.tsa.stamped()).containsExactly(MANIFEST);
        assertThat(verdict(MANIFEST)).isEqualTo("stamped");
    }

    @Test
    void an_authority_that_is_away_for_a_day_finds_every_question_waiting_and_answers_each_once() throws IOException {
        hour.tsa.away();
        time.ask(MANIFEST);
        for (int passed = 0; passed < 24; passed++) {
            hour.grow(log);
            TimeFixture.all(time);
            hour.pass(TimeFixture.HOUR);
        }
        assertThat(time.state().waiting()).isEqualTo(25);
        assertThat(time.state().fault()).contains("UNREACHABLE");
        assertThat(time.state().missingSince()).contains(LogFixture.NOW);
        assertThat(time.state().alarming(hour.now())).isTrue();

        hour.tsa.back();
        TimeFixture.all(time);
        hour.pass(StampDecisions.LONGEST_RETRY);
        TimeFixture.all(time);

        assertThat(time.state().waiting()).isZero();
        assertThat(time.state().alarming(hour.now())).isFalse();
        assertThat(hour.tsa.stamped()).hasSize(25).doesNotHaveDuplicates();
        assertThat(tokens()).isEqualTo(25);
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_IMPRINT,WRONG_IMPRINT",
        "WRONG_NONCE,WRONG_NONCE",
        "EXPIRED_CERTIFICATE,CERTIFICATE_EXPIRED",
        "WRONG_USE,WRONG_CERTIFICATE",
        "FOREIGN_ROOT,PATH_INVALID",
        "REJECTION,NOT_GRANTED",
        "GARBAGE,UNREADABLE",
        "FLOOD,TOO_LONG",
        "UNAVAILABLE,HTTP_STATUS"
    })
    void a_wrong_answer_is_coded_and_asked_again_later(Conduct conduct, String code) {
        hour.tsa.conduct(conduct);
        Digest head = hour.grow(log);
        TimeFixture.all(time);

        assertThat(time.state().fault()).contains(code);
        assertThat(time.token(head)).isEmpty();
        assertThat(entries(LogName.CASE)).isZero();
        hour.tsa.conduct(Conduct.HONEST);
        assertThat(time.step()).as("it waits before it asks again").isFalse();
        hour.pass(StampDecisions.FIRST_RETRY);
        TimeFixture.all(time);
        assertThat(verdict(head)).isEqualTo("stamped");
        assertThat(time.state().fault()).isEmpty();
    }

    @Test
    void a_token_from_before_the_question_is_not_stored_until_the_clocks_agree() {
        hour.behind(StampDecisions.CLOCK_SKEW.plusSeconds(1));
        Digest head = hour.grow(log);
        TimeFixture.all(time);
        assertThat(time.state().fault()).contains("CLOCK_DIFFERS");
        assertThat(time.token(head)).isEmpty();

        hour.behind(StampDecisions.CLOCK_SKEW);
        hour.pass(StampDecisions.FIRST_RETRY);
        TimeFixture.all(time);
        assertThat(verdict(head)).isEqualTo("stamped");
    }

    @Test
    void an_alarm_opens_when_a_token_is_missing_for_more_than_two_hours() {
        hour.tsa.away();
        hour.grow(log);
        TimeFixture.all(time);
        hour.pass(TimeState.ALARM_AFTER);
        assertThat(time.state().alarming(hour.now())).isFalse();
        hour.pass(Duration.ofSeconds(1));
        assertThat(time.state().alarming(hour.now())).isTrue();
    }

    @Test
    void an_alarm_opens_too_when_nobody_asks_any_more() {
        hour.grow(log);
        TimeFixture.all(time);
        hour.grow(log);
        hour.pass(Duration.ofHours(3).plusSeconds(1));
        assertThat(time.state().waiting()).isZero();
        assertThat(time.state().alarming(hour.now())).isTrue();
    }

    @Test
    void a_stamped_tree_holds_an_entry_and_a_proof_under_that_very_checkpoint_shows_it() throws Exception {
        Pending early = hour.fixture.append(log, LogFixture.statement("early"));
        LogFixture.all(log);
        TimeFixture.all(time);
        Pending late = hour.fixture.append(log, LogFixture.statement("late"));
        LogFixture.all(log);
        hour.pass(TimeFixture.HOUR);
        TimeFixture.all(time);
        Recorded recorded = log.find(late.leafHash()).orElseThrow();

        StampedCheckpoint stamped = time.covering(recorded).orElseThrow();
        assertThat(stamped.size()).isEqualTo(3);
        assertThat(stamped.time()).isEqualTo(hour.now());
        assertThat(time.covering(log.find(early.leafHash()).orElseThrow())
                        .orElseThrow()
                        .size())
                .isEqualTo(1);
        assertThat(time.proof(recorded, stamped).checkpoint().bytes()).isEqualTo(stamped.note());
        assertThat(time.proof(recorded, stamped).proven(late.leafHash(), NoteKey.parse(log.vkey(LogName.CASE))))
                .isPresent();
    }

    @Test
    void an_entry_after_the_last_stamped_tree_is_covered_by_none() {
        hour.grow(log);
        TimeFixture.all(time);
        Pending late = hour.fixture.append(log, LogFixture.statement("late"));
        LogFixture.all(log);
        assertThat(time.covering(log.find(late.leafHash()).orElseThrow())).isEmpty();
    }

    @Test
    void a_checkpoint_file_that_the_log_did_not_sign_is_not_stamped() throws IOException {
        hour.grow(log);
        Path file = log.directory(LogName.CASE).resolve("checkpoint");
        byte[] altered = Files.readAllBytes(file);
        altered[altered.length - 10] ^= 1;
        Files.write(file, altered);
        TimeFixture.all(time);
        assertThat(hour.tsa.stamped()).isEmpty();
    }

    @Test
    void without_an_authority_nothing_waits_and_nothing_is_promised() {
        TimeStamping none = hour.start(log, new TimeSettings(null, null, null, TimeFixture.HOUR, false), name -> {});
        hour.grow(log);
        none.ask(MANIFEST);
        assertThat(none.askCheckpoint(LogName.CASE)).isFalse();
        assertThat(none.step()).isFalse();
        assertThat(none.state())
                .isEqualTo(new TimeState(false, 0, Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(none.roots()).isEmpty();
    }

    @Test
    void an_authority_without_roots_or_with_an_odd_address_is_refused_in_one_sentence() {
        for (TimeSettings wrong : List.of(
                new TimeSettings(hour.tsa.location(), null, null, TimeFixture.HOUR, false),
                new TimeSettings(hour.tsa.location(), root.resolve("absent"), null, TimeFixture.HOUR, false),
                new TimeSettings(URI.create("file:/tsa"), hour.roots, null, TimeFixture.HOUR, false),
                new TimeSettings(hour.tsa.location(), hour.roots, "policy", TimeFixture.HOUR, false))) {
            assertThatThrownBy(() -> hour.start(log, wrong, name -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching(".*sparekey\\.time\\..*\\.");
        }
    }

    @Test
    void waits_between_questions_grow_to_ten_minutes_and_no_further() {
        List<Long> waits = java.util.stream.IntStream.of(1, 2, 3, 7, 8, 1_000)
                .mapToObj(failures -> Duration.between(LogFixture.NOW, StampDecisions.retryAt(LogFixture.NOW, failures))
                        .toSeconds())
                .toList();
        assertThat(waits).containsExactly(10L, 20L, 40L, 600L, 600L, 600L);
    }

    private static Statement registered() {
        Statement of = LogFixture.statement("a batch");
        return new Statement(
                LogName.REGISTRY, of.type(), of.actor(), of.subject(), of.link(), of.clear(), of.payload());
    }

    private String verdict(Digest stamped) {
        return new CmsTimeStamps()
                .check(time.token(stamped).orElseThrow().reply(), stamped, time.roots())
                .match(stamp -> "stamped", TimeStampFault::code);
    }

    private int tokens() {
        return hour.fixture
                .app()
                .sql("SELECT count(*) FROM auditlog_token")
                .query(Integer.class)
                .single();
    }

    /** How many tokens are entered in a log. */
    private int entries(LogName of) {
        LogFixture.all(log);
        return (int) log.from(of, 0, 1_000).stream()
                .filter(entry -> entry.parsed().type().equals(StampRecord.ENTRY))
                .count();
    }
}
