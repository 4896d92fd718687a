// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.sparekey.capture.TestRecipient;
import org.sparekey.capture.Tools;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.testkit.guest.Beats;
import org.sparekey.testkit.guest.TestGuests;

/** What others say about the same capture: libnbd, e2fsprogs, age, OpenSSL, and the guests' own beats. */
record GuestOracle(TestGuests guests, Path temp) {

    /** libnbd's own copy and map of the same export, while the job still stands. */
    void nbdcopy(Path work) {
        try (var jobs = Files.list(work)) {
            String uri =
                    "nbd+unix:///vda?socket=" + jobs.findFirst().orElseThrow().resolve("s");
            Tools.run(temp, "nbdcopy", uri, "nbdcopy.raw");
            Files.writeString(temp.resolve("map.json"), Tools.run(temp, "nbdinfo", "--json", "--map", uri));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void opensWithDebiansTools(TestRecipient investigator, Path folder) throws Exception {
        investigator.write(temp, "my");
        Tools.run(
                folder,
                "openssl",
                "cms",
                "-decrypt",
                "-inform",
                "DER",
                "-in",
                "key.cms",
                "-recip",
                "../my.pem",
                "-inkey",
                "../my.key",
                "-out",
                "../id.txt");
        Tools.run(
                folder,
                "bash",
                "-ec",
                "set -o pipefail; for v in disk01-*.zst.age; do age -d -i ../id.txt $v | zstd -qd; done > disk01.raw");
        Tools.run(folder, "sha256sum", "-c", "IMAGES.sha256");
    }

    /** Every beat that was printed before the job began is in the copy, and none from after it. */
    void lastBeatIsThePointInTime(String guest, Path image, Instant pointInTime) throws Exception {
        Tools.run(temp, "e2fsck", "-y", "-E", "journal_only", image.toString());
        Tools.run(temp, "e2fsck", "-fn", image.toString());
        String beats = Tools.run(temp, "debugfs", "-R", "cat /beats", image.toString());
        int last = beats.lines()
                .filter(line -> line.matches("\\d+ \\d+\\.\\d+"))
                .mapToInt(line -> Integer.parseInt(line.substring(0, line.indexOf(' '))))
                .max()
                .orElseThrow();
        int printed = guests.beats(guest).lastBefore(pointInTime);
        assertThat(last).isBetween(printed - 1, printed + 1);
    }

    /** Numbers without a gap, and no pause longer than one second or three times the longest before (4-evidence). */
    void gapless(String name, int before, int from) {
        List<Beats.Beat> beats = guests.beats(name).all();
        assertThat(beats)
                .extracting(Beats.Beat::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, beats.size()).boxed().toList());
        Duration usual = longest(beats.subList(before, from));
        Duration allowed = usual.multipliedBy(3).compareTo(Duration.ofSeconds(1)) > 0
                ? usual.multipliedBy(3)
                : Duration.ofSeconds(1);
        assertThat(longest(beats.subList(from - 1, beats.size()))).isLessThanOrEqualTo(allowed);
    }

    private static Duration longest(List<Beats.Beat> beats) {
        Duration longest = Duration.ZERO;
        for (int i = 1; i < beats.size(); i++) {
            Duration gap = beats.get(i).uptime().minus(beats.get(i - 1).uptime());
            longest = gap.compareTo(longest) > 0 ? gap : longest;
        }
        return longest;
    }

    long allocated() throws Exception {
        long allocated = 0;
        for (var run : Wire.tree(Files.readAllBytes(temp.resolve("map.json")))) {
            if ((run.get("type").intValue() & 2) == 0) {
                allocated += run.get("length").longValue();
            }
        }
        return allocated;
    }

    Digest copied() throws Exception {
        return Digest.parseHex(
                Tools.run(Path.of("/"), "sha256sum", temp.resolve("nbdcopy.raw").toString())
                        .substring(0, 64));
    }
}
