// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.client.CsvInventory;
import org.sparekey.client.Registered;
import org.sparekey.client.ResellerClient;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.inventory.Poll;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.registry.Reconciliation;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.DownloadProgress;
import org.sparekey.protocol.coverage.ReconciliationView;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.evidence.IsolationObservation;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.guest.Beats;
import org.sparekey.testkit.guest.TestGuests;
import org.sparekey.testkit.pki.KeyFiles;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.World;
import org.sparekey.tool.EvidenceFetcher;
import org.sparekey.tool.Sparekey;

/**
 * Two running guests, one gateway over HTTPS, one order: from the hoster's tables to the copy that Debian's own tools open.
 * The other guest must not notice. Times and memory are printed and not asserted: guests are emulated here.
 */
class WholePathTest {

    private static final String TARGET = "sparekey-suspect";
    private static final String NEIGHBOUR = "sparekey-bystander";
    private static final String ADDRESS = "192.0.2.7";
    private static final String NEXT_ADDRESS = "192.0.2.8";
    private static final String CLUSTER = "ams-1";
    private static final Duration KNOWN_FOR = Duration.ofHours(1);
    private static final Duration SEEN_AGO = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A disk of 1 GiB in four. */
    private static final long VOLUME_BYTES = 256L << 20;

    /** Of ext4 as mke2fs makes it on such a disk. */
    private static final long FILE_SYSTEM_BLOCK = 4096;

    /** A file of which half can be lost on the way. */
    private static final long LARGE = 8L << 20;

    /** Of a beat every 100 ms: ten minutes, several times what a busy machine takes. */
    private static final int MOST_BEATS = 6_000;

    private static final List<String> UNDER_WAY = List.of("approved", "executing", "secured", "released");

    private static final InstantSource CLOCK = InstantSource.system();
    private static final SecureRandom RANDOM = new SecureRandom();

    private static TestGuests guests;
    private static GatewayFixture gateway;

    @TempDir
    Path temp;

    @BeforeAll
    static void start() throws Exception {
        DebianTools.require();
        guests = TestGuests.start(CLOCK, TARGET, NEIGHBOUR);
        gateway = GatewayFixture.start(Map.of(
                "sparekey.hypervisor.driver",
                "libvirt",
                "sparekey.hypervisor.libvirt.cluster",
                CLUSTER,
                "sparekey.hypervisor.libvirt.work-directory",
                guests.directory().resolve("w").toString(),
                "sparekey.inventory.run",
                "false",
                "sparekey.evidence.directory",
                guests.directory().resolve("evidence").toString(),
                "sparekey.evidence.volume-bytes",
                Long.toString(VOLUME_BYTES)));
    }

    @AfterAll
    static void stop() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
        if (guests != null) {
            guests.close();
        }
    }

    @Test
    void an_order_ends_in_a_copy_of_the_running_guest_and_its_neighbour_does_not_notice() throws Exception {
        Instant now = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant since = now.minus(KNOWN_FOR);
        importTables(since);
        register(since);
        CaseDesk desk = new CaseDesk(gateway, CLOCK, RANDOM);
        OrderStatus order = desk.submit(new OrderDesk(world(), CLOCK, RANDOM).disk(ADDRESS, now.minus(SEEN_AGO)));
        Instant accepted = CLOCK.instant();
        assertThat(order.state()).as(order.reason().toString()).isEqualTo("review");
        for (Actor officer : world().cast().officers()) {
            order = desk.release(officer, order);
        }
        Instant approved = CLOCK.instant();
        order = available(desk, order);
        tell(accepted, approved, CLOCK.instant());

        Path folder = temp.resolve("evidence");
        fetch(order, folder);
        SignedDocument signed = SignedDocument.parse(
                Files.readString(folder.resolve(EvidenceFolder.MANIFEST)).strip());
        assertThat(signed.verifiedBy(world().gatewayManifest().publicKey())).isTrue();
        Manifest manifest = signed.read(Manifest.TYPE, Manifest.class);
        nobodyWasDisturbed(manifest);
        openWithDebiansTools(folder, manifest);
        lastBeatIsThePointInTime(folder.resolve("disk01.raw"), manifest.pointInTime());
        oneFileIsProvedWithoutTheRest(folder);

        assertThat(desk.acknowledge(order, signed.digest()).state()).isEqualTo("closed");
        Verification verification =
                BundleVerifier.verify(desk.bundle(order), Optional.of(Files.readAllBytes(world().trustFile())));
        assertThat(verification.overall()).as(verification.checks().toString()).isEqualTo(Verification.AUTHENTIC);
        whatRunsIsReconciled();
    }

    /** The daemon's own listing of the running guests, against what was registered. */
    private static void whatRunsIsReconciled() {
        assertThat(gateway.bean(Inventory.class).observe()).isInstanceOf(Poll.Complete.class);
        Reconciliation reconciliation = gateway.bean(Reconciliation.class);
        reconciliation.step();
        ReconciliationView view = reconciliation.view(new PartyId(Cast.RESELLER));
        assertThat(view.counts().matched()).isEqualTo(2);
        assertThat(view.findings()).isEmpty();
    }

    private static void importTables(Instant begin) {
        String since = Wire.text(begin);
        Inventory inventory = gateway.bean(Inventory.class);
        imported(inventory.importAssignments("""
            kind,value,reseller,from,to
            PREFIX,192.0.2.0/28,%s,%s,
            """.formatted(Cast.RESELLER, since).getBytes(StandardCharsets.UTF_8)));
        imported(inventory.importAddressPlan(
                """
                prefix,cluster,vm,from,to
                %s,%s,%s,%s,
                %s,%s,%s,%s,
                """.formatted(ADDRESS, CLUSTER, TARGET, since, NEXT_ADDRESS, CLUSTER, NEIGHBOUR, since)
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(inventory.observe()).isInstanceOf(Poll.Complete.class);
    }

    private static void imported(Imported imported) {
        assertThat(imported).isInstanceOf(Imported.Done.class);
    }

    /** The reseller's four columns, through his SDK. */
    private static void register(Instant since) throws Exception {
        String csv = """
            ip,vm,customerRef,validFrom
            %s,%s,C-0042,%s
            %s,%s,C-0043,%s
            """.formatted(ADDRESS, TARGET, since, NEXT_ADDRESS, NEIGHBOUR, since);
        Path configuration = world().home(world().cast().reseller()).resolve(ChannelConfiguration.FILE);
        try (ResellerClient reseller = ResellerClient.open(configuration, CLOCK, RANDOM)) {
            assertThat(reseller.register(CsvInventory.read(new StringReader(csv), CLUSTER)))
                    .isInstanceOf(Registered.Proven.class);
        }
    }

    /** Looks whenever the neighbour has beaten once more: time is what passes for him. */
    private static OrderStatus available(CaseDesk desk, OrderStatus order) throws Exception {
        OrderStatus last = desk.status(order.orderId());
        for (int i = 0; i < MOST_BEATS && UNDER_WAY.contains(last.state()); i++) {
            guests.beats(NEIGHBOUR).await(1, PATIENCE);
            last = desk.status(order.orderId());
        }
        assertThat(last.state()).as(last.reason() + " " + last.explanation()).isEqualTo("available");
        return last;
    }

    /** The gateway, its clients and this test share one JVM. */
    private static void tell(Instant accepted, Instant approved, Instant sealed) {
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.printf(
                "whole path: order accepted -> sealed delivery %d ms, of which after the second approval %d ms;"
                        + " heap used %d MiB%n",
                Duration.between(accepted, sealed).toMillis(),
                Duration.between(approved, sealed).toMillis(),
                used >> 20);
    }

    /** The line breaks in the middle of a volume; the next run asks for the rest by Range and not for the whole again. */
    private static void fetch(OrderStatus order, Path folder) throws Exception {
        try (Channel channel = prosecutor()) {
            DownloadProgress breaking = (bytes, total) -> {
                if (total > LARGE && bytes > total / 2) {
                    throw new LineBroken();
                }
            };
            assertThatExceptionOfType(LineBroken.class)
                    .isThrownBy(() -> new EvidenceFetcher(channel, order.orderId(), breaking).into(folder));
        }
        long held = unfinished(folder);
        assertThat(held).isPositive();
        try (Channel channel = prosecutor()) {
            List<Long> heard = new ArrayList<>();
            new EvidenceFetcher(channel, order.orderId(), (bytes, total) -> {
                        if (total > LARGE) {
                            heard.add(bytes);
                        }
                    })
                    .into(folder);
            assertThat(heard.getFirst()).as("first bytes after the break").isGreaterThan(held);
        }
    }

    private static long unfinished(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return Files.size(files.filter(file -> file.toString().endsWith(".part"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    private static final class LineBroken extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Channel prosecutor() throws Exception {
        Path home = world().home(world().cast().prosecutor());
        ChannelConfiguration configuration = ChannelConfiguration.load(home.resolve(ChannelConfiguration.FILE));
        return Channel.open(configuration, configuration.keys(home), CLOCK, RANDOM);
    }

    /** By the signed observations, and by the beats that both guests printed. */
    private static void nobodyWasDisturbed(Manifest manifest) throws Exception {
        assertThat(manifest.asset().vmId()).isEqualTo(TARGET);
        assertThat(manifest.configurationAfter()).isEqualTo(manifest.configurationBefore());
        assertThat(fact(manifest, "stop-events", "stopOrResume")).isEqualTo("0");
        assertThat(fact(manifest, "stop-events", "streamWhole")).isEqualTo("true");
        assertThat(fact(manifest, "disk-opens", "opensAtLeast")).isEqualTo("0");
        assertThat(Integer.parseInt(fact(manifest, "disk-opens", "positiveControl")))
                .isPositive();
        for (String guest : List.of(TARGET, NEIGHBOUR)) {
            guests.beats(guest).await(5, PATIENCE);
            List<Beats.Beat> beats = guests.beats(guest).all();
            assertThat(beats)
                    .as(guest)
                    .extracting(Beats.Beat::number)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, beats.size()).boxed().toList());
            assertThat(beats)
                    .as("beats of " + guest + " while it was copied")
                    .anyMatch(beat -> beat.seen().isAfter(manifest.pointInTime())
                            && beat.seen().isBefore(manifest.finishedAt()));
        }
    }

    private static String fact(Manifest manifest, String kind, String name) {
        return manifest.observations().stream()
                .filter(observation -> observation.kind().equals(kind))
                .map(IsolationObservation::facts)
                .map(facts -> String.valueOf(facts.get(name)))
                .findFirst()
                .orElseThrow();
    }

    /** The documented path; the certificates and the key come from elsewhere than the delivery. */
    private void openWithDebiansTools(Path folder, Manifest manifest) throws Exception {
        Files.copy(world().gatewayCa(), temp.resolve("ca.pem"));
        Cast cast = world().cast();
        KeyFiles.certificates(temp.resolve("cert.pem"), List.of(cast.caseTeam().certificate()));
        KeyFiles.privateKey(temp.resolve("key.pem"), cast.caseTeam());
        DebianTools.run(
                folder,
                "openssl cms -verify -binary -inform DER -in SHA256SUMS.p7s -content SHA256SUMS"
                        + " -CAfile ../ca.pem -purpose any -out /dev/null");
        DebianTools.run(folder, "sha256sum -c SHA256SUMS");
        DebianTools.run(
                folder,
                "openssl cms -decrypt -inform DER -in key.cms -recip ../cert.pem -inkey ../key.pem -out ../id.txt");
        DebianTools.run(
                folder,
                "for volume in disk01-*.zst.age; do age -d -i ../id.txt \"$volume\" | zstd -dc; done > disk01.raw");
        DebianTools.run(folder, "sha256sum -c IMAGES.sha256");
        assertThat(manifest.disks().getFirst().volumes()).hasSize((int) (TestGuests.DISK_BYTES / VOLUME_BYTES));
    }

    /** By the blocks that debugfs names, as docs/formats.md has it. */
    private void oneFileIsProvedWithoutTheRest(Path folder) throws Exception {
        String blocks = DebianTools.run(folder, "debugfs -R 'blocks /orders.txt' disk01.raw 2>/dev/null");
        List<String> words = new ArrayList<>(List.of(
                "evidence",
                "excerpt",
                folder.toString(),
                "--ca",
                temp.resolve("ca.pem").toString()));
        words.addAll(List.of("--image", folder.resolve("disk01.raw").toString()));
        words.addAll(List.of("--out", temp.resolve("excerpt").toString()));
        for (String block : blocks.trim().split("\\s+")) {
            words.add("--range=" + Long.parseLong(block) * FILE_SYSTEM_BLOCK + ":" + FILE_SYSTEM_BLOCK);
        }
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        assertThat(Sparekey.run(out, out, words.toArray(String[]::new)))
                .as(said.toString())
                .isZero();
        assertThat(Sparekey.run(
                        out,
                        out,
                        "evidence",
                        "verify",
                        temp.resolve("excerpt").toString(),
                        "--ca",
                        temp.resolve("ca.pem").toString()))
                .as(said.toString())
                .isZero();
        assertThat(DebianTools.run(temp.resolve("excerpt"), "cat block-*.bin | grep -c 'one invented bicycle bell'")
                        .trim())
                .isNotEqualTo("0");
    }

    /** A running guest's journal is replayed first, on a copy of the copy: the evidence itself keeps its digest. */
    private void lastBeatIsThePointInTime(Path image, Instant pointInTime) throws Exception {
        DebianTools.run(temp, "cp --sparse=always " + image + " replayed.raw");
        DebianTools.run(temp, "e2fsck -y -E journal_only replayed.raw");
        DebianTools.run(temp, "e2fsck -fn replayed.raw");
        int last = DebianTools.run(temp, "debugfs -R 'cat /beats' replayed.raw")
                .lines()
                .filter(line -> line.matches("\\d+ \\d+\\.\\d+"))
                .mapToInt(line -> Integer.parseInt(line.substring(0, line.indexOf(' '))))
                .max()
                .orElseThrow();
        int printed = guests.beats(TARGET).lastBefore(pointInTime);
        assertThat(last).isBetween(printed - 1, printed + 1);
    }

    private static World world() {
        return gateway.world();
    }
}
