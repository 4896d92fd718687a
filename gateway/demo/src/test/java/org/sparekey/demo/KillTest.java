// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.gateway.evidence.DeliveryList;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.channel.Answer;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.DownloadProgress;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.testkit.Database;
import org.sparekey.testkit.world.Actor;
import org.sparekey.tool.EvidenceFetcher;
import org.springframework.util.FileSystemUtils;

/**
 * A real gateway process is killed with SIGKILL on the way from approval to delivery, and another one comes up on what
 * it left. Orders, approvals and delivery go over HTTPS; guests are image files.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillTest {

    /** Only a volume is longer. */
    private static final long LARGE = 1L << 20;

    @TempDir
    private static Path directory;

    private static KillFixture fixture;

    @BeforeAll
    static void history() throws IOException, InterruptedException {
        fixture = new KillFixture(directory);
    }

    @AfterAll
    static void end() throws IOException {
        if (fixture != null) {
            fixture.close();
        }
    }

    /** Attempts: an announced one that touched nothing runs on; a begun one is lost and made again. */
    @ParameterizedTest
    @CsvSource({
        "evidence.announced, 1",
        "evidence.running, 2",
        "evidence.securing, 2",
        "evidence.released, 1",
        "log.sequenced, 1",
        "log.guarded, 1"
    })
    void a_gateway_killed_on_the_path_delivers_once_after_its_restart_and_its_log_only_grew(String place, int attempts)
            throws Exception {
        OrderStatus order = fixture.order();
        order = fixture.approve(fixture.officers().get(0), order);
        fixture.child().arm(place);
        order = fixture.approve(fixture.officers().get(1), order);
        fixture.child().awaitHalt();
        Checkpoint cases = fixture.log("case").head();
        Checkpoint registry = fixture.log("registry").head();
        fixture.child().kill();

        fixture.restart();
        OrderStatus available = fixture.available(order);

        assertThat(fixture.log("case").extendsTree(cases)).isTrue();
        assertThat(fixture.log("case").head().size()).isGreaterThan(cases.size());
        assertThat(fixture.log("registry").extendsTree(registry)).isTrue();
        everyAttemptIsLoggedWithItsOutcome(available, attempts);
        oneCopyIsDelivered(available, attempts);
        theBundleIsAuthentic(available);
    }

    /** The line goes dead in the middle of the first volume; the rest of it is fetched from the gateway that came up. */
    @Test
    void a_delivery_cut_off_by_a_kill_is_fetched_to_its_end_after_the_restart() throws Exception {
        OrderStatus order = delivered();
        Path folder = out(order).resolve("evidence");
        Child child = fixture.child();
        DownloadProgress killing = (bytes, total) -> {
            if (total > LARGE) {
                child.close();
            }
        };
        Channel prosecutor =
                fixture.stage().people().channel(fixture.stage().cast().prosecutor());
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new EvidenceFetcher(prosecutor, order.orderId(), killing).into(folder));
        Checkpoint cases = fixture.log("case").head();

        fixture.restart();
        oneCopyIsDelivered(order, 1);

        OrderStatus closed = new Delivery(fixture.stage(), out(order)).acknowledge(order);
        assertThat(closed.state()).isEqualTo("closed");
        assertThat(fixture.log("case").extendsTree(cases)).isTrue();
        theBundleIsAuthentic(order);
    }

    /** Before its commit the receipt never was; after it, the same receipt sent again is answered with the first. */
    @ParameterizedTest
    @ValueSource(strings = {"evidence.acknowledging", "log.sequenced"})
    void an_acknowledgement_cut_off_by_a_kill_counts_once_after_the_restart(String place) throws Exception {
        OrderStatus order = delivered();
        oneCopyIsDelivered(order, 1);
        Call receipt = new Delivery(fixture.stage(), out(order))
                .acknowledgement(order)
                .with("idempotency-key", "receipt-" + order.orderId());
        Stage stage = fixture.stage();
        fixture.child().arm(place);
        CompletableFuture<Answer> cutOff = CompletableFuture.supplyAsync(
                () -> stage.people().send(stage.cast().prosecutor(), receipt));
        fixture.child().awaitHalt();
        Checkpoint cases = fixture.log("case").head();
        fixture.child().kill();
        assertThat(cutOff.handle((answer, failure) -> true).get()).isTrue();

        fixture.restart();
        for (int i = 0; i < 2; i++) {
            OrderStatus closed = Submissions.read(
                    fixture.stage().people().granted(fixture.stage().cast().prosecutor(), receipt), OrderStatus.class);
            assertThat(closed.state()).isEqualTo("closed");
        }

        oneCopyIsDelivered(order, 1);
        theBundleIsAuthentic(order);
        assertThat(fixture.log("case").extendsTree(cases)).isTrue();
        assertThat(entries(order))
                .containsOnlyOnce("order.acknowledged", "order.closed")
                .containsSubsequence("order.available", "evidence.fetched", "order.acknowledged", "order.closed");
    }

    /** Last, because this database's gateway stays stopped. */
    @Test
    @Order(Integer.MAX_VALUE)
    void a_database_restored_to_before_the_delivery_signs_nothing_and_delivers_nothing_again() throws Exception {
        OrderStatus order = fixture.order();
        order = fixture.approve(fixture.officers().get(0), order);
        fixture.child().arm("evidence.announced");
        order = fixture.approve(fixture.officers().get(1), order);
        fixture.child().awaitHalt();
        fixture.child().kill();
        Database.Access backup = fixture.backup();
        fixture.restart();
        oneCopyIsDelivered(fixture.available(order), 1);
        Checkpoint delivered = fixture.log("case").head();
        fixture.child().kill();

        fixture.restore(backup);
        fixture.restart();

        assertThat(fixture.health()).contains("\"DOWN\"", "restored-behind-log");
        Stage stage = fixture.stage();
        Actor prosecutor = stage.cast().prosecutor();
        stage.people().refused(prosecutor, Call.get(Submissions.ORDERS + "/" + order.orderId() + "/evidence"));
        stage.people().refused(prosecutor, stage.submissions().call(fixture.letter()));
        assertThat(stage.submissions().status(prosecutor, order.orderId()).state())
                .isNotEqualTo("available");
        assertThat(fixture.log("case").head()).isEqualTo(delivered);
    }

    private static OrderStatus delivered() throws Exception {
        OrderStatus order = fixture.order();
        for (Actor officer : fixture.officers()) {
            order = fixture.approve(officer, order);
        }
        return fixture.available(order);
    }

    private static Path out(OrderStatus order) {
        return directory.resolve("out-" + order.orderId());
    }

    private static List<String> entries(OrderStatus order) throws Exception {
        return fixture.log("case").caseOf(order.entry().index().orElseThrow()).stream()
                .map(LogEntry::type)
                .toList();
    }

    private static void everyAttemptIsLoggedWithItsOutcome(OrderStatus order, int attempts) throws Exception {
        List<String> entries = entries(order);
        assertThat(Collections.frequency(entries, "order.executing")).isEqualTo(attempts);
        assertThat(Collections.frequency(entries, "order.attempt-lost")).isEqualTo(attempts - 1);
        assertThat(entries)
                .containsOnlyOnce("order.secured", "order.released", "order.available")
                .containsSubsequence("order.executing", "order.secured", "order.released", "order.available")
                .doesNotContain("order.illegal");
        assertThat(entries.lastIndexOf("order.executing")).isLessThan(entries.indexOf("order.secured"));
    }

    /** By name and byte: one manifest, one set of volumes, and in them the disk as it lies at the hoster. */
    private static void oneCopyIsDelivered(OrderStatus order, int attempts) throws IOException {
        Stage stage = fixture.stage();
        Actor prosecutor = stage.cast().prosecutor();
        String path = Submissions.ORDERS + "/" + order.orderId() + "/evidence";
        DeliveryList list = Submissions.read(stage.people().granted(prosecutor, Call.get(path)), DeliveryList.class);
        assertThat(list.attempt()).isEqualTo(attempts);
        assertThat(list.files()).extracting(DeliveryList.DeliveredFile::name).doesNotHaveDuplicates();

        Path out = out(order);
        FileSystemUtils.deleteRecursively(out.resolve("opened"));
        new Delivery(stage, out).fetchAndOpen(order);
        try (Stream<Path> opened = Files.walk(out.resolve("opened"))) {
            List<Path> images = opened.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(".raw"))
                    .toList();
            assertThat(images).hasSize(1);
            assertThat(Files.mismatch(images.getFirst(), fixture.disk())).isEqualTo(-1);
        }
    }

    private static void theBundleIsAuthentic(OrderStatus order) throws Exception {
        Stage stage = fixture.stage();
        byte[] bundle = stage.people()
                .granted(stage.cast().prosecutor(), Call.get(Submissions.ORDERS + "/" + order.orderId() + "/bundle"))
                .content()
                .array();
        Optional<byte[]> trust = Optional.of(Files.readAllBytes(stage.world().trustFile()));
        assertThat(BundleVerifier.verify(bundle, trust).overall()).isEqualTo(Verification.AUTHENTIC);
    }
}
