// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.Scope;
import org.sparekey.testkit.world.OrderDesk.Letter;
import org.sparekey.tool.Sparekey;
import tools.jackson.databind.JsonNode;

/** {@code sparekey order check} says of an order what the gateway says of it, kind by kind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfflineVerdictTest {

    private static final int FAILED = 1;
    private static final int INCOMPLETE = 10;

    /** What the gateway finds behind the law: which earlier order, and what is there. */
    private static final Set<String> BEHIND_THE_LAW = Set.of("PARENT_UNKNOWN", "NO_TRAFFIC_HELD");

    private final OrdersFixture fixture = OrdersFixture.fresh();

    @TempDir
    Path directory;

    @AfterAll
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(OrderKind.class)
    void every_kind_has_the_same_verdict_offline_and_at_the_gateway(OrderKind kind) throws Exception {
        assertThat(same(kind, UnaryOperator.identity())).isEqualTo("ALLOW");
        assertThat(same(kind, order -> order.deadline(Instant.parse("2190-01-01T00:00:00Z"))))
                .isEqualTo("DEADLINE_TOO_FAR");
        assertThat(same(kind, order -> order.deadline(fixture.now()))).isEqualTo("DEADLINE_PASSED");
        assertThat(same(kind, order -> order.basis("NL-0")))
                .isEqualTo(kind.restsOnNothing() ? "ALLOW" : "BASIS_UNKNOWN");
    }

    @Test
    void an_authorisation_of_another_order_is_noticed_offline_too() throws Exception {
        Letter letter = fixture.desk.disk(fixture.machine(), OrdersFixture.SEEN);
        Letter other = fixture.desk.disk(fixture.machine(), OrdersFixture.SEEN);
        Letter mixed = new Letter(letter.order(), other.validator());

        assertThat(fixture.submit(mixed).reason()).contains("VALIDATOR_OTHER_ORDER");
        assertThat(offline(mixed)).isEqualTo("VALIDATOR_OTHER_ORDER");
    }

    @Test
    void an_authorisation_that_is_not_there_or_is_something_else_is_no_verdict() throws Exception {
        Letter letter = fixture.desk.disk(fixture.machine(), OrdersFixture.SEEN);
        Path order = file("order.jws", letter.order());
        String now = fixture.now().toString();

        assertThat(run("order", "check", order.toString(), "--at", now, "--validator", directory + "/nowhere"))
                .isEqualTo(INCOMPLETE);
        assertThat(run("order", "check", order.toString(), "--at", now, "--validator", order.toString()))
                .as("the order is no authorisation")
                .isEqualTo(INCOMPLETE);
        assertThat(run("order", "check", order.toString(), "--at", now)).isEqualTo(FAILED);
    }

    /** One verdict, or the test fails: ALLOW, or the ground. */
    private String same(OrderKind kind, UnaryOperator<Altered> altered) throws Exception {
        Letter letter = letter(kind, altered);
        OrderStatus status = fixture.submit(letter);
        String gateway = status.state().equals("refused")
                ? status.reason()
                        .filter(reason -> !BEHIND_THE_LAW.contains(reason))
                        .orElse("ALLOW")
                : "ALLOW";
        assertThat(offline(letter)).isEqualTo(gateway);
        return gateway;
    }

    private Letter letter(OrderKind kind, UnaryOperator<Altered> altered) {
        return switch (kind) {
            case VOLUNTARY_REQUEST -> investigators(kind, "NL-VOL", Category.EXISTENCE, altered);
            case EXISTENCE_CHECK -> investigators(kind, "NL-126na", Category.EXISTENCE, altered);
            case PRODUCTION_IDENTITY, WITHDRAWAL, CLARIFICATION ->
                investigators(kind, "NL-126na", Category.SUBSCRIBER, altered);
            case PRESERVATION, EXTENSION, ORAL_CONFIRMATION -> prosecutors(kind, altered);
            case PRODUCTION_TRAFFIC -> judged(kind, "NL-126n", Category.TRAFFIC, altered);
            case SNAPSHOT_COPY -> judged(kind, "NL-126ng2", Category.CONTENT, altered);
            case TAKE_DOWN, RESTORE -> judged(kind, "NL-125p", Category.CONTENT, altered);
        };
    }

    private Letter investigators(OrderKind kind, String basis, Category category, UnaryOperator<Altered> altered) {
        OrderDocument order = fixture.desk.identity(fixture.machine(), OrdersFixture.SEEN);
        return fixture.desk.unvalidated(
                altered.apply(new Altered(order).kind(kind).basis(basis).scope(scope(category)))
                        .document(),
                fixture.world.cast().investigator());
    }

    private Letter prosecutors(OrderKind kind, UnaryOperator<Altered> altered) {
        OrderDocument order = fixture.desk.content(fixture.machine(), OrdersFixture.SEEN);
        return fixture.desk.unvalidated(
                altered.apply(new Altered(order).kind(kind).basis("NL-126ni").validator(Optional.empty()))
                        .document(),
                fixture.world.cast().prosecutor());
    }

    private Letter judged(OrderKind kind, String basis, Category category, UnaryOperator<Altered> altered) {
        OrderDocument order = fixture.desk.content(fixture.machine(), OrdersFixture.SEEN);
        return fixture.desk.validated(
                altered.apply(new Altered(order).kind(kind).basis(basis).scope(scope(category)))
                        .document());
    }

    private Scope scope(Category category) {
        return new Scope(List.of(category), OrdersFixture.SEEN, fixture.now(), List.of(), false);
    }

    private String offline(Letter letter) throws IOException, MalformedException {
        List<String> words = new ArrayList<>(List.of("order", "check", "--json", "--at"));
        words.add(fixture.now().toString());
        words.add(file("order.jws", letter.order()).toString());
        if (letter.validator().isPresent()) {
            words.add("--validator");
            words.add(file("validator.jws", letter.validator().get()).toString());
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Sparekey.run(new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
        assertThat(out.toString()).as(err.toString()).isNotEmpty();
        JsonNode said = Wire.tree(out.toString().strip().getBytes(StandardCharsets.UTF_8));
        assertThat(exit == FAILED).isEqualTo(said.has("denied"));
        return said.has("denied") ? said.get("denied").get("code").asString() : "ALLOW";
    }

    private int run(String... words) {
        return Sparekey.run(
                new PrintWriter(new StringWriter(), true), new PrintWriter(new StringWriter(), true), words);
    }

    private Path file(String name, SignedDocument signed) throws IOException {
        return Files.writeString(directory.resolve(name), signed.compact(), StandardCharsets.US_ASCII);
    }
}
