// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What sealing one copy takes, against the shell's way of doing it and against the slowest of its own steps alone. */
final class SealComparisons {

    /** Without them nothing here can be compared. */
    static final String[] PROGRAMS = {
        "bash", "truncate", "qemu-img", "qemu-nbd", "sha256sum", "zstd", "age", "age-keygen", "sync"
    };

    private static final int DISK_MEBIBYTES = 4096;
    private static final int LARGE_MEBIBYTES = 10 * 1024;
    private static final int SMALL_MEBIBYTES = 100;

    /** To a raw image on the disk first: {@code qemu-img} writes to no pipe. */
    private static final String PIPELINE = """
            set -euo pipefail
            mkdir -p "$2"
            qemu-img convert -f qcow2 -O raw "$1" "$2/disk.raw"
            tee >(sha256sum > "$2/disk.sha256") < "$2/disk.raw" | zstd -q -1 -T2 | age -r "$3" > "$2/disk.zst.age"
            sync "$2/disk.zst.age"
            """;

    private final Path directory;
    private final SealStand stand;
    private final int mebibytes;
    private final int allocated;
    private final int smaller;
    private final String recipient;

    SealComparisons(Path directory, Size size, InstantSource clock, SecureRandom random) throws IOException {
        this.directory = directory;
        this.stand = new SealStand(directory.resolve("disk"), "qcow2", clock, random);
        this.mebibytes = size.of(DISK_MEBIBYTES);
        this.smaller = size.divisor();
        stand.write(mebibytes);
        this.allocated = (int) (mapped() / SealStand.MEBIBYTE);
        String key = Shell.run(directory, List.of("age-keygen"));
        this.recipient = key.lines()
                .filter(line -> line.startsWith("# public key: "))
                .map(line -> line.substring("# public key: ".length()))
                .findFirst()
                .orElseThrow();
    }

    List<Comparison> all() throws Exception {
        return List.of(
                rate("seal_vs_shell_pipeline", 3, new Fresh(this::seal), new Fresh(this::pipeline)),
                rate(
                        "seal_vs_slowest_stage",
                        0.85,
                        new Fresh(this::seal),
                        new Fresh(new SealStages(stand, mebibytes, allocated, recipient).slowest())),
                amount("bytes_read_vs_allocated", 1.01, amount(this::bytesRead), amount(this::mapped)),
                amount("resident_10g_vs_100m", 1.1, resident(LARGE_MEBIBYTES), resident(SMALL_MEBIBYTES)));
    }

    /** Of mebibytes that are allocated: holes are a gift to whoever sees them. */
    private Comparison rate(String name, double goal, Side ours, Side baseline) {
        return new Comparison(
                name,
                goal,
                Yardstick.RATE,
                new Comparison.Share(allocated, ours),
                new Comparison.Share(allocated, baseline),
                1);
    }

    private static Comparison amount(String name, double goal, Side ours, Side baseline) {
        return new Comparison(
                name, goal, Yardstick.AMOUNT, new Comparison.Share(1, ours), new Comparison.Share(1, baseline), 0);
    }

    private interface Amount {
        double get() throws Exception;
    }

    /** Into an empty folder, which is emptied before the clock starts. */
    private final class Fresh implements Side {
        private final SealStages.Work work;

        Fresh(SealStages.Work work) {
            this.work = work;
        }

        @Override
        public void prepare(int operations) throws Exception {
            stand.clear();
        }

        @Override
        public void run(int operations) throws Exception {
            work.run();
        }
    }

    private static Side amount(Amount amount) {
        return new Side() {
            private double last;

            @Override
            public void run(int operations) throws Exception {
                last = amount.get();
            }

            @Override
            public double amount() {
                return last;
            }
        };
    }

    private void seal() throws IOException {
        stand.seal();
    }

    private long bytesRead() throws IOException {
        stand.clear();
        return stand.seal().disks().getFirst().bytesRead();
    }

    private void pipeline() throws IOException {
        Shell.run(
                directory,
                List.of(
                        "bash",
                        "-c",
                        PIPELINE,
                        "pipeline",
                        stand.image().toString(),
                        stand.output().toString(),
                        recipient));
    }

    /** Bytes that qemu-img calls data. */
    private long mapped() throws IOException {
        String map = Shell.run(
                directory,
                List.of(
                        "qemu-img",
                        "map",
                        "--output=json",
                        "-f",
                        "qcow2",
                        stand.image().toString()));
        long bytes = 0;
        for (JsonNode run : JsonMapper.shared().readTree(map)) {
            bytes += run.path("data").asBoolean() ? run.path("length").asLong() : 0;
        }
        return bytes;
    }

    /** The most that a process with a heap of 256 MiB ever had in memory while it sealed a raw image of this size. */
    private Side resident(int full) {
        int size = Math.max(2, full / smaller);
        return amount(() -> {
            Path place = Files.createTempDirectory(directory, "resident-");
            String said = Shell.run(
                    place,
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SealOnce.class.getName(),
                            place.toString(),
                            Integer.toString(size)));
            SealStand.remove(place);
            return said.lines()
                    .filter(line -> line.startsWith(SealOnce.RESIDENT))
                    .mapToDouble(line -> Double.parseDouble(line.substring(SealOnce.RESIDENT.length())))
                    .findFirst()
                    .orElseThrow();
        });
    }
}
