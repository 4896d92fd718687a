// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.sparekey.agent.Agent;
import org.sparekey.client.ResellerClient;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.json.Wire;
import org.sparekey.testkit.world.World;

/** What a reseller's agent takes for a fleet: the first registration of all of it, and a run in which nothing changed. */
final class AgentFigures {

    private static final int MACHINES = 10_000;
    private static final int HEAP_MEBIBYTES = 64;
    private static final double AIM_FIRST_SECONDS = 20;
    private static final double AIM_UNCHANGED_SECONDS = 1;
    private static final double AIM_JAR_BYTES = 300_000;
    private static final int UNCHANGED_RUNS = 3;
    private static final Duration RENTED_FOR = Duration.ofDays(30);
    private static final Pattern COLLECTED = Pattern.compile("Pause Full.*->(\\d+)M\\(");

    private final Path home;
    private final String reseller;
    private final Inventory inventory;
    private final Instant now;
    private final Result.Conditions before;

    AgentFigures(World world, Inventory inventory, Instant now, Result.Conditions before) {
        this.home = world.home(world.cast().reseller());
        this.reseller = world.cast().reseller().party();
        this.inventory = inventory;
        this.now = now;
        this.before = before;
    }

    List<Figure> all(Size size) throws Exception {
        int machines = size.of(MACHINES);
        Path fleet = fleet(machines);
        Path collections = home.resolve("collections.log");
        double first = inAProcess(fleet, collections);
        double process = inAProcess(fleet, home.resolve("collections-unchanged.log"));
        return List.of(
                Figure.of("agent_first_sync", first, "s", AIM_FIRST_SECONDS, before),
                Figure.of("agent_unchanged_sync_process", process, "s", 0, before),
                Figure.of("agent_unchanged_sync", unchanged(fleet), "s", AIM_UNCHANGED_SECONDS, before),
                Figure.of("agent_live_heap", heap(collections), "MiB", HEAP_MEBIBYTES, before),
                Figure.of("sdk_jar", jar(ResellerClient.class), "B", AIM_JAR_BYTES, before),
                Figure.of("sdk_and_protocol_jars", jars(), "B", AIM_JAR_BYTES, before));
    }

    private Path fleet(int machines) throws IOException {
        Instant since = now.minus(RENTED_FOR);
        String rented =
                "kind,value,reseller,from,to\nPREFIX,10.64.0.0/16,%s,%s,\n".formatted(reseller, Wire.text(since));
        if (!(inventory.importAssignments(rented.getBytes(StandardCharsets.UTF_8)) instanceof Imported.Done)) {
            throw new IllegalStateException("the prefix was refused");
        }
        StringBuilder csv = new StringBuilder("ip,vm,customerRef,validFrom\n");
        for (int n = 0; n < machines; n++) {
            csv.append("10.64.%d.%d,%d,c-%d,%s\n"
                    .formatted(n >> 8, n & 0xff, 1_000 + n, n % 1_000, Wire.text(since.plusSeconds(60))));
        }
        return Files.writeString(home.resolve("fleet.csv"), csv);
    }

    /** As the timer runs it, with the smallest heap the design allows: running out of it is a failure. @return seconds */
    private double inAProcess(Path fleet, Path collections) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEBIBYTES + "m",
                "-Xlog:gc:file=" + collections,
                "-cp",
                System.getProperty("java.class.path"),
                Agent.class.getName()));
        command.addAll(List.of(sync(fleet)));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(home.resolve("agent.out").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int exit = process.waitFor();
        long nanos = System.nanoTime() - start;
        if (exit != 0) {
            throw new IllegalStateException("the agent ended with " + exit);
        }
        return nanos / 1e9;
    }

    /** Of a program that has been running: without the start of a Java. @return seconds */
    private double unchanged(Path fleet) {
        List<Double> seconds = new ArrayList<>();
        for (int run = 0; run < UNCHANGED_RUNS; run++) {
            StringWriter said = new StringWriter();
            PrintWriter out = new PrintWriter(said, true);
            long start = System.nanoTime();
            int exit = Agent.run(out, out, sync(fleet));
            seconds.add((System.nanoTime() - start) / 1e9);
            if (exit != 0 || !said.toString().contains(", 0 changes")) {
                throw new IllegalStateException("a run in which nothing changed: " + exit + " " + said);
            }
        }
        return Result.median(seconds);
    }

    private String[] sync(Path fleet) {
        return new String[] {
            "sync",
            "--config",
            home.resolve(ChannelConfiguration.FILE).toString(),
            "--source",
            "csv",
            "--cluster",
            "cluster-a",
            "--file",
            fleet.toString()
        };
    }

    /** The most that was still in use after a collection of everything; 0 where none was needed. */
    private static double heap(Path collections) throws IOException {
        double most = 0;
        for (String line : Files.readAllLines(collections)) {
            Matcher used = COLLECTED.matcher(line);
            while (used.find()) {
                most = Math.max(most, Integer.parseInt(used.group(1)));
            }
        }
        return most;
    }

    /** Library and protocol, as they are shipped or would be: everything beside the two third-party libraries. */
    private static long jars() throws IOException, URISyntaxException {
        return jar(ResellerClient.class) + jar(Channel.class);
    }

    private static long jar(Class<?> inside) throws IOException, URISyntaxException {
        Path place = Path.of(
                inside.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isRegularFile(place)) {
            return Files.size(place);
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed);
                Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(place.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return packed.size();
    }
}
