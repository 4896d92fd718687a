// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.Measure;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.tool.Sparekey;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An investigator's and a prosecutor's day, as they type it, at a running gateway over TLS. */
class OrderCommandTest {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int NOT_AUTHORISED = 4;
    private static final int NOT_FOUND = 6;
    private static final int CONFLICT = 7;
    private static final int PENDING = 8;
    private static final int INCOMPLETE = 10;

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();
    private final StringWriter err = new StringWriter();
    private StringWriter out = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void who_had_this_address_is_asked_by_three_commands() throws Exception {
        Path order = directory.resolve("order.json");
        Path signed = directory.resolve("order.jws");
        assertThat(write(cast.investigator(), order, "NL-126na"))
                .as(err::toString)
                .isEqualTo(OK);
        assertThat(as(cast.investigator(), "sign", order.toString(), "--out", signed.toString()))
                .as(err::toString)
                .isEqualTo(OK);
        assertThat(run("order", "check", signed.toString(), "--json")).isEqualTo(OK);
        assertThat(as(cast.investigator(), "submit", signed.toString(), "--json"))
                .as(err::toString)
                .isEqualTo(OK);

        OrderStatus status = printed();
        assertThat(status.state()).isEqualTo("closed");
        assertThat(as(cast.investigator(), "status", status.orderId(), "--watch"))
                .as("it has ended")
                .isEqualTo(OK);
        assertThat(out.toString().lines()).singleElement().asString().contains(status.orderId() + " is closed");
        assertThat(as(cast.stranger(), "status", status.orderId(), "--watch"))
                .as("not his")
                .isEqualTo(NOT_FOUND);
    }

    @Test
    void an_order_is_followed_until_its_issuer_takes_it_back() throws Exception {
        OrderStatus oral = submitted("NL-126ni", "--urgency", "ORAL", "--category", "CONTENT");
        assertThat(oral.state()).isEqualTo("oral");
        StringWriter watched = new StringWriter();
        CompletableFuture<Integer> watching = watch(watched, oral.orderId());
        untilSomebodyWaits();

        assertThat(as(cast.prosecutor(), "withdraw", oral.orderId(), "--json"))
                .as(err::toString)
                .isEqualTo(OK);

        assertThat(printed().kind()).isEqualTo(OrderKind.WITHDRAWAL);
        assertThat(printed().state()).isEqualTo("applied");
        assertThat(watching.get(60, TimeUnit.SECONDS)).isEqualTo(FAILED);
        List<OrderStatus> seen = new ArrayList<>();
        for (String line : watched.toString().lines().toList()) {
            seen.add(Wire.read(line.getBytes(StandardCharsets.UTF_8), OrderStatus.class));
        }
        assertThat(seen).extracting(OrderStatus::state).startsWith("oral").endsWith("withdrawn");
        assertThat(seen).extracting(OrderStatus::version).isSorted().doesNotHaveDuplicates();
        assertThat(as(cast.prosecutor(), "withdraw", oral.orderId()))
                .as("it is over")
                .isEqualTo(FAILED);
        assertThat(out.toString()).contains("TOO_LATE_TO_WITHDRAW");
    }

    @Test
    void a_judge_who_reads_no_orders_takes_back_what_he_authorised_by_its_file() throws Exception {
        OrderDesk desk = new OrderDesk(gateway.world(), gateway.bean(InstantSource.class), new SecureRandom());
        OrderDocument freeze = new Altered(desk.content("203.0.113.9", Instant.parse("2026-11-01T14:03:11Z")))
                .kind(OrderKind.PRESERVATION)
                .basis("NL-126ni")
                .urgency(Urgency.ORAL)
                .document();
        OrderDesk.Letter letter = desk.validated(freeze);
        Path order =
                Files.writeString(directory.resolve("order.jws"), letter.order().compact());
        Path validator = Files.writeString(
                directory.resolve("validator.jws"),
                letter.validator().orElseThrow().compact());
        assertThat(as(cast.prosecutor(), "submit", order.toString(), "--validator", validator.toString(), "--json"))
                .as(err::toString)
                .isEqualTo(PENDING);
        OrderStatus oral = printed();
        assertThat(as(cast.judge(), "withdraw", oral.orderId()))
                .as("he reads none")
                .isNotEqualTo(OK);
        assertThat(as(cast.judge(), "withdraw")).isEqualTo(INCOMPLETE);

        assertThat(as(
                        cast.judge(),
                        "withdraw",
                        "--order",
                        order.toString(),
                        "--authority",
                        Cast.COURT,
                        "--person",
                        cast.judge().person(),
                        "--role",
                        "judge",
                        "--json"))
                .as(err::toString)
                .isEqualTo(OK);

        assertThat(printed().state()).isEqualTo("applied");
        assertThat(status(oral).state()).isEqualTo("withdrawn");
    }

    @Test
    void a_freezing_is_extended_once_and_by_nobody_else() throws Exception {
        OrderStatus freeze = submitted("NL-126ni", "--urgency", "ORAL", "--category", "CONTENT");
        gateway.bean(JdbcClient.class)
                .sql("UPDATE orders_order SET state = 'preserved', version = version + 1 WHERE order_id = :id")
                .param("id", freeze.orderId())
                .update();
        Instant before = status(freeze).holdUntil().orElseThrow();

        assertThat(as(cast.stranger(), "extend", freeze.orderId())).isEqualTo(NOT_FOUND);
        assertThat(as(cast.reseller(), "extend", freeze.orderId())).isEqualTo(NOT_AUTHORISED);
        assertThat(as(cast.investigator(), "extend", freeze.orderId(), "--person", "p-1001", "--role", "investigator"))
                .as("an investigator may not use the basis")
                .isEqualTo(FAILED);
        assertThat(as(cast.prosecutor(), "extend", freeze.orderId()))
                .as(err::toString)
                .isEqualTo(OK);

        assertThat(status(freeze).state()).isEqualTo("extended");
        assertThat(status(freeze).holdUntil().orElseThrow()).isAfter(before);
        assertThat(as(cast.prosecutor(), "extend", freeze.orderId())).isEqualTo(FAILED);
        assertThat(out.toString()).contains("NOT_TO_BE_EXTENDED");
    }

    @Test
    void a_spoken_order_is_confirmed_in_writing_by_its_own_side_and_once() throws Exception {
        OrderStatus oral = submitted("NL-126ni", "--urgency", "ORAL", "--category", "CONTENT");
        assertThat(as(cast.stranger(), "confirm", oral.orderId())).isEqualTo(NOT_FOUND);
        assertThat(as(cast.reseller(), "confirm", oral.orderId())).isEqualTo(NOT_AUTHORISED);

        assertThat(as(cast.prosecutor(), "confirm", oral.orderId(), "--json"))
                .as(err::toString)
                .isEqualTo(OK);
        assertThat(printed().kind()).isEqualTo(OrderKind.ORAL_CONFIRMATION);
        assertThat(printed().state()).isEqualTo("applied");
        assertThat(status(oral).state()).isNotEqualTo("oral");

        assertThat(as(cast.prosecutor(), "confirm", oral.orderId())).isEqualTo(FAILED);
        assertThat(out.toString()).contains("NOTHING_TO_CONFIRM");
    }

    @Test
    void what_was_not_taken_down_is_not_restored_and_what_was_is_by_the_side_that_ordered_it() throws Exception {
        OrderStatus oral = submitted("NL-126ni", "--urgency", "ORAL", "--category", "CONTENT");
        assertThat(as(cast.prosecutor(), "restore", oral.orderId())).isEqualTo(FAILED);

        OrderStatus takeDown = takeDown();
        assertThat(as(cast.officer1(), "show", takeDown.orderId())).isEqualTo(OK);
        assertThat(out.toString()).contains("measure: ISOLATE_GUEST");
        assertThat(as(cast.prosecutor(), "restore", takeDown.orderId())).isEqualTo(FAILED);
        assertThat(out.toString()).contains("NOTHING_TO_RESTORE");
        gateway.bean(JdbcClient.class)
                .sql("UPDATE orders_order SET state = 'isolated', state_detail = 'BLOCK_ADDRESS' WHERE order_id = :id")
                .param("id", takeDown.orderId())
                .update();

        assertThat(as(cast.stranger(), "restore", takeDown.orderId())).isEqualTo(NOT_FOUND);
        assertThat(as(cast.prosecutor(), "restore", takeDown.orderId(), "--json"))
                .as(err::toString)
                .isEqualTo(OK);
        assertThat(status(takeDown).state()).isEqualTo("restoring");
    }

    private OrderStatus takeDown() throws Exception {
        OrderDesk desk = new OrderDesk(gateway.world(), gateway.bean(InstantSource.class), new SecureRandom());
        OrderDocument content = desk.content(
                "192.0.2.9", gateway.bean(InstantSource.class).instant().minusSeconds(60));
        Scope scope = content.scope();
        OrderDesk.Letter letter = desk.validated(new Altered(content)
                .kind(OrderKind.TAKE_DOWN)
                .basis("NL-125p")
                .scope(new Scope(
                        scope.categories(),
                        scope.from(),
                        scope.to(),
                        scope.exclusions(),
                        false,
                        Optional.of(Measure.ISOLATE_GUEST)))
                .document());
        Path order = Files.writeString(
                directory.resolve("takedown.jws"), letter.order().compact());
        Path validator = Files.writeString(
                directory.resolve("takedown-validator.jws"),
                letter.validator().orElseThrow().compact());
        as(cast.prosecutor(), "submit", order.toString(), "--validator", validator.toString(), "--json");
        return printed();
    }

    @Test
    void a_measure_that_the_kind_does_not_know_is_not_written() {
        Path order = directory.resolve("measured.json");

        assertThat(write(cast.prosecutor(), order, "NL-126ni", "--category", "CONTENT", "--measure", "ISOLATE_GUEST"))
                .isEqualTo(FAILED);

        assertThat(out.toString()).contains("MEASURE_NOT_OF_KIND");
        assertThat(order).doesNotExist();
    }

    @Test
    void nothing_is_signed_for_a_folder_that_is_not_whole() throws Exception {
        OrderStatus oral = submitted("NL-126ni", "--urgency", "ORAL", "--category", "CONTENT");
        Path receipt = directory.resolve("receipt.jws");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Path ca = Files.writeString(directory.resolve("ca.pem"), "");

        assertThat(as(
                        cast.prosecutor(),
                        "acknowledge",
                        oral.orderId(),
                        empty.toString(),
                        "--ca",
                        ca.toString(),
                        "--save",
                        receipt.toString()))
                .isEqualTo(INCOMPLETE);

        assertThat(receipt).doesNotExist();
    }

    @Test
    void what_nobody_asked_is_not_answered() throws Exception {
        OrderStatus oral = submitted("NL-126ni", "--urgency", "ORAL", "--category", "CONTENT");
        assertThat(as(cast.prosecutor(), "answer", oral.orderId())).isEqualTo(OK);
        assertThat(out.toString()).contains("\"questions\":[]");
        Path words = Files.writeString(directory.resolve("answer.txt"), "It is the second machine.");

        assertThat(as(cast.prosecutor(), "answer", oral.orderId(), "--document", words.toString()))
                .as(err::toString)
                .isEqualTo(FAILED);
        assertThat(out.toString()).contains("NOTHING_ASKED");
    }

    @Test
    void an_officer_is_shown_what_he_is_about_to_sign() throws Exception {
        OrderStatus oral = submitted("NL-126ni", "--urgency", "ORAL", "--category", "CONTENT");

        assertThat(as(cast.officer1(), "show", oral.orderId(), "--json"))
                .as(err::toString)
                .isEqualTo(OK);
        OrderDocument shown = Wire.read(out.toString().strip().getBytes(StandardCharsets.UTF_8), OrderDocument.class);
        assertThat(shown.target().value()).isEqualTo("203.0.113.9");
        assertThat(as(cast.officer1(), "call-back", oral.orderId())).isIn(OK, PENDING);
        assertThat(shownBeside()).contains(oral.orderDigest().base64url());

        signedFor(oral.orderId(), oral.orderDigest());
        assertThat(as(cast.officer1(), "approve", oral.orderId(), "--officer", "officer-1"))
                .as("it is shown, and the gateway does not wait for him")
                .isEqualTo(CONFLICT);
        assertThat(shownBeside()).contains(oral.orderDigest().base64url());
    }

    @Test
    void a_basis_for_another_order_than_the_one_shown_is_not_signed() throws Exception {
        OrderStatus oral = submitted("NL-126ni", "--urgency", "ORAL", "--category", "CONTENT");
        signedFor(oral.orderId(), Digest.sha256(new byte[] {1}));
        Path approval = directory.resolve("approval.json");

        assertThat(as(
                        cast.officer1(),
                        "approve",
                        oral.orderId(),
                        "--officer",
                        "officer-1",
                        "--save",
                        approval.toString()))
                .isEqualTo(INCOMPLETE);

        assertThat(approval).doesNotExist();
    }

    /** What stood beside the result since it was last asked. */
    private String shownBeside() {
        String beside = err.toString();
        err.getBuffer().setLength(0);
        assertThat(beside)
                .contains("PRESERVATION of " + Cast.AUTHORITY, "NL-126ni", "203.0.113.9", "CONTENT", Cast.CASE_TEAM);
        return beside;
    }

    private void signedFor(String orderId, Digest order) {
        Digest any = Digest.sha256(new byte[] {2});
        gateway.bean(JdbcClient.class)
                .sql("UPDATE orders_order SET basis = :basis WHERE order_id = :id")
                .param(
                        "basis",
                        Wire.write(new ApprovalBasis(
                                order,
                                any,
                                "NL-126ni",
                                Matrix.newest(),
                                new LocatedAsset("cluster-1", "uuid-1", "101", "vps-1", "tenancy-1", Optional.empty()),
                                List.of("disk-1"),
                                any,
                                List.of(any),
                                false)))
                .param("id", orderId)
                .update();
    }

    private OrderStatus submitted(String basis, String... more) throws Exception {
        Path order = Files.createTempDirectory(directory, "order").resolve("order.json");
        Path signed = order.resolveSibling("order.jws");
        assertThat(write(cast.prosecutor(), order, basis, more))
                .as(() -> out.toString() + err)
                .isEqualTo(OK);
        assertThat(as(cast.prosecutor(), "sign", order.toString(), "--out", signed.toString()))
                .as(() -> out.toString() + err)
                .isEqualTo(OK);
        assertThat(as(cast.prosecutor(), "submit", signed.toString(), "--json"))
                .as(() -> out.toString() + err)
                .isEqualTo(PENDING);
        return printed();
    }

    private int write(Actor actor, Path file, String basis, String... more) {
        List<String> words = new ArrayList<>(List.of("--basis", basis));
        words.addAll(List.of("--authority", Cast.AUTHORITY, "--person", actor.person()));
        words.addAll(List.of("--addressee", "Voorbeeld Hosting B.V.", "--deliver-to", Cast.CASE_TEAM));
        words.addAll(List.of("--target", "203.0.113.9", "--seen", "2026-11-01T14:03:11.000Z"));
        words.addAll(List.of("--case-ref", "ZEESTER-1", "--out", file.toString()));
        words.addAll(Arrays.asList(more));
        return as(actor, "new", words.toArray(String[]::new));
    }

    private CompletableFuture<Integer> watch(StringWriter to, String orderId) {
        String config = config(cast.prosecutor());
        return CompletableFuture.supplyAsync(
                () -> Sparekey.run(
                        new PrintWriter(to, true),
                        new PrintWriter(new StringWriter(), true),
                        "order",
                        "status",
                        "--config",
                        config,
                        "--watch",
                        "--json",
                        orderId),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    private void untilSomebodyWaits() {
        Waiters waiters = gateway.bean(Waiters.class);
        while (waiters.count() == 0) {
            Thread.onSpinWait();
        }
    }

    private OrderStatus status(OrderStatus order) throws MalformedException {
        as(cast.prosecutor(), "status", order.orderId(), "--json");
        return printed();
    }

    private OrderStatus printed() throws MalformedException {
        return Wire.read(out.toString().strip().getBytes(StandardCharsets.UTF_8), OrderStatus.class);
    }

    private int as(Actor actor, String command, String... more) {
        List<String> words = new ArrayList<>(List.of("order", command, "--config", config(actor)));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private String config(Actor actor) {
        return gateway.world().home(actor).resolve(ChannelConfiguration.FILE).toString();
    }

    private int run(String... words) {
        out = new StringWriter();
        return Sparekey.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }
}
