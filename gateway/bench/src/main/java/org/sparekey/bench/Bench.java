// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.registry.Registry;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code ./mvnw -q -Pbench [-Dbench.names=NAME,NAME]}: every ratio, or the named ones, each appended to
 * {@code gateway/bench/results.jsonl}, and the figures that are only reported ({@code figures}) to
 * {@code gateway/bench/figures.jsonl}. A figure is only as good as the load beside it: run it on a quiet machine.
 */
public final class Bench {

    private static final String FIGURES = "figures";

    /** Those of the agent alone; {@link #FIGURES} has them too. */
    private static final String AGENT_FIGURES = "agent-figures";

    private static final Duration WITNESS_LATENCY = Duration.ofMillis(50);

    /** What a flush takes longer on a disk behind a network. */
    private static final Duration DISK_LATENCY = Duration.ofMillis(1);

    /**
     * Who register at once, beside the one of the batches: a receipt waits for the log's beat of 100 ms, so few at once
     * measure the beat, and the machine idles.
     */
    private static final int RESELLERS = 127;

    /** Those of {@link SealComparisons}. */
    static final List<String> SEALS = List.of(
            "seal_vs_shell_pipeline", "seal_vs_slowest_stage", "bytes_read_vs_allocated", "resident_10g_vs_100m");

    private static final String LOOKUP_SCALE = "lookup_scale";
    private static final String LOOKUP_VS_PARTS = "lookup_vs_parts";
    private static final int LARGE_ROWS = 1_000_000;
    private static final int SMALL_ROWS = 50_000;

    private final Size size;
    private final Results results;
    private final Results figures;
    private final Set<String> wanted;

    /** @param directory of {@code results.jsonl} and {@code figures.jsonl} */
    Bench(Size size, Path directory, Set<String> wanted) {
        this.size = size;
        this.results = new Results(directory.resolve("results.jsonl"));
        this.figures = new Results(directory.resolve("figures.jsonl"));
        this.wanted = Set.copyOf(wanted);
    }

    public static void main(String[] args) throws Exception {
        String names = System.getProperty("bench.names", "");
        Set<String> wanted = names.isBlank() ? Set.of() : Set.of(names.split(","));
        Path directory = Files.createTempDirectory("sparekey-bench-");
        Bench bench = new Bench(Size.FULL, Path.of("gateway/bench"), wanted);
        bench.run(Files.createDirectory(directory.resolve("ratios")));
        if (wanted.isEmpty() || wanted.contains(FIGURES) || wanted.contains(AGENT_FIGURES)) {
            bench.figures(Files.createDirectory(directory.resolve("figures")));
        }
        System.exit(0);
    }

    /** @param directory empty; everything that is measured writes below it */
    List<Result> run(Path directory) throws Exception {
        List<Result> done = new ArrayList<>();
        InstantSource clock = Sources.clock();
        World world = Stand.world(directory, clock, Sources.random(), Math.max(1, size.of(RESELLERS)));
        try (Stand stand = Stand.open(directory, world, Map.of());
                Clients clients = Clients.of(world, clock, Sources.random())) {
            JdbcClient database = stand.bean(JdbcClient.class);
            TransactionTemplate transaction = new TransactionTemplate(stand.bean(PlatformTransactionManager.class));
            LogComparisons log = new LogComparisons(stand.bean(AuditLog.class), database, transaction, clock);
            RegistryComparisons registry =
                    new RegistryComparisons(stand.bean(Inventory.class), database, transaction, clock, clients.all());
            List<Comparison> comparisons = new ArrayList<>(log.all(size));
            comparisons.add(VerifyComparison.of(size));
            comparisons.addAll(registry.all(size));
            done.addAll(measure(comparisons, stand, directory));
            try (AutoCloseable slower = stand.slowerDisk(DISK_LATENCY)) {
                done.addAll(measure(log.onSlowerDisk(size), stand, directory));
            }
            if (isWanted(LOOKUP_SCALE) || isWanted(LOOKUP_VS_PARTS)) {
                done.addAll(lookups(stand, world, directory));
            }
        }
        done.addAll(seals(directory));
        return List.copyOf(done);
    }

    /** No gateway: a disk, a folder, and Debian's programs beside us. */
    private List<Result> seals(Path directory) throws Exception {
        if (SEALS.stream().noneMatch(this::isWanted)) {
            return List.of();
        }
        Optional<String> missing = Shell.missing(SealComparisons.PROGRAMS);
        if (missing.isPresent()) {
            System.out.println("left out for want of " + missing.get() + ": " + String.join(" ", SEALS));
            return List.of();
        }
        Path place = Files.createDirectory(directory.resolve("seals"));
        SealComparisons seals = new SealComparisons(place, size, Sources.clock(), Sources.random());
        return measure(seals.all(), new Machine(Optional.empty()), directory);
    }

    /** The measured gateway gets many rows, and another one beside it few. */
    private List<Result> lookups(Stand large, World world, Path directory) throws Exception {
        Instant now = Sources.clock().instant();
        int rows = size.of(Integer.getInteger("bench.rows", LARGE_ROWS));
        PastYears largeYears = new PastYears(rows, now);
        PastYears smallYears = new PastYears(size.of(SMALL_ROWS), now);
        Path beside = Files.createDirectory(directory.resolve("small"));
        World smallWorld = Stand.world(beside, Sources.clock(), Sources.random(), 0);
        Path configuration = world.home(world.cast().reseller()).resolve(ChannelConfiguration.FILE);
        try (Stand small = Stand.open(beside, smallWorld, Map.of());
                Asker asker = Asker.start(configuration, rows, now)) {
            largeYears.write(large.bean(JdbcClient.class), large.bean(Inventory.class), Cast.RESELLER);
            smallYears.write(small.bean(JdbcClient.class), small.bean(Inventory.class), Cast.RESELLER);
            large.settle();
            small.settle();
            LookupComparisons lookups = new LookupComparisons(
                    large.bean(Registry.class),
                    largeYears,
                    small.bean(Registry.class),
                    smallYears,
                    large.bean(JdbcClient.class),
                    asker,
                    // behind the recording of the prefixes
                    Sources.clock().instant());
            return measure(lookups.all(size), large, directory);
        }
    }

    private List<Result> measure(List<Comparison> comparisons, Stand stand, Path directory) throws Exception {
        return measure(comparisons, new Machine(stand.databaseProcess()), directory);
    }

    private List<Result> measure(List<Comparison> comparisons, Machine machine, Path directory) throws Exception {
        List<Result> done = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            if (isWanted(comparison.ratio())) {
                done.add(measure(comparison, machine, directory));
            }
        }
        return done;
    }

    private boolean isWanted(String name) {
        return wanted.isEmpty() || wanted.contains(name);
    }

    /** A gateway of its own, whose registry log waits for a witness 50 ms away. */
    List<Figure> figures(Path directory) throws Exception {
        InstantSource clock = Sources.clock();
        World world = Stand.world(directory, clock, Sources.random(), 0);
        try (SlowWitness witness = SlowWitness.start(world, WITNESS_LATENCY, clock, Sources.random());
                Stand stand = Stand.open(directory, world, witness.properties())) {
            Machine machine = new Machine(stand.databaseProcess());
            List<Figure> all = new ArrayList<>();
            if (isWanted(FIGURES)) {
                all.addAll(new LogFigures(
                                stand.bean(AuditLog.class),
                                stand.bean(JdbcClient.class),
                                new TransactionTemplate(stand.bean(PlatformTransactionManager.class)),
                                conditions(machine, directory))
                        .all(size, world.logDirectory().resolve("registry")));
                all.addAll(new OrderFigures(
                                stand.bean(Orders.class),
                                world,
                                clock,
                                Sources.random(),
                                conditions(machine, directory))
                        .all(size));
            }
            all.addAll(new AgentFigures(
                            world, stand.bean(Inventory.class), clock.instant(), conditions(machine, directory))
                    .all(size));
            for (Figure figure : all) {
                figures.append(figure);
                System.out.printf(
                        Locale.ROOT,
                        "%-28s %.2f %s  aim %.2f  load %.1f  fdatasync %d us%n",
                        figure.figure(),
                        figure.value(),
                        figure.unit(),
                        figure.aim(),
                        figure.load(),
                        figure.fdatasyncMicros());
            }
            return List.copyOf(all);
        }
    }

    private static Result.Conditions conditions(Machine machine, Path directory)
            throws IOException, InterruptedException {
        return new Result.Conditions(
                Commit.of(Path.of("").toAbsolutePath()), machine.load(), machine.fdatasyncMicros(directory));
    }

    private Result measure(Comparison comparison, Machine machine, Path directory) throws Exception {
        Result.Conditions before = conditions(machine, directory);
        Result result = Result.of(comparison, Rounds.run(comparison, size.rounds(), machine), before);
        results.append(result);
        say(result);
        return result;
    }

    private static void say(Result result) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %.3f (%.3f to %.3f, %d rounds)  goal %s  CPU us/op %.1f against %.1f  load %.1f  fdatasync %d us%n",
                result.ratio(),
                result.median(),
                result.min(),
                result.max(),
                result.rounds(),
                result.goal() == 0 ? "none" : result.goal() + (result.reached() ? " reached" : " NOT reached"),
                result.cpuMicros(),
                result.baselineCpuMicros(),
                result.load(),
                result.fdatasyncMicros());
    }
}
