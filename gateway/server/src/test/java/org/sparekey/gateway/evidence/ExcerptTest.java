// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.Guest;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.tool.Sparekey;

/** Blocks of a delivered copy, handed on without the rest. */
class ExcerptTest {

    private static final int OK = 0;
    private static final int USAGE = 2;
    private static final int ALTERED = 5;
    private static final int INCOMPLETE = 10;
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path temp;

    private final EvidenceFixture fixture = EvidenceFixture.shared();
    private final StringWriter said = new StringWriter();
    private Path image;
    private Path excerpt;

    @BeforeEach
    void delivered() throws IOException {
        Guest guest = fixture.guest();
        OrderId id = fixture.approved(guest);
        fixture.until(id, "available");
        Path folder = Files.createDirectory(temp.resolve("evidence"));
        Caller investigator = fixture.stage.investigator();
        for (DeliveryList.DeliveredFile named :
                fixture.delivery().list(investigator, id.code()).files()) {
            StoredFile file = fixture.delivery().file(investigator, id.code(), named.name());
            try (SeekableByteChannel channel = fixture.delivery().open(investigator, id.code(), file, 0)) {
                Files.write(
                        folder.resolve(named.name()),
                        Channels.newInputStream(channel).readAllBytes());
            }
        }
        // A guest at rest: its disk and the opened copy are the same bytes.
        image = fixture.image(guest);
        excerpt = temp.resolve("excerpt");
    }

    @Test
    void two_blocks_of_three_are_proved_without_the_third() throws IOException {
        assertThat(take("100:10", (2 * MEBIBYTE + 5) + ":1"))
                .as(said.toString())
                .isEqualTo(OK);

        try (var files = Files.list(excerpt)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "SHA256SUMS",
                            "SHA256SUMS.p7s",
                            "manifest.jws",
                            "excerpt.json",
                            "block-0000000000.bin",
                            "block-0000000002.bin");
        }
        assertThat(block(2)).isEqualTo(Arrays.copyOfRange(Files.readAllBytes(image), 2 * MEBIBYTE, 3 * MEBIBYTE));
        assertThat(verify()).as(said.toString()).isEqualTo(OK);
        assertThat(said.toString()).contains("2 blocks");
    }

    @Test
    void a_hole_is_proved_too() throws IOException {
        assertThat(take(MEBIBYTE + ":" + MEBIBYTE)).isEqualTo(OK);
        assertThat(block(1)).containsOnly(0);
        assertThat(verify()).isEqualTo(OK);
    }

    @Test
    void altered_swapped_dropped_or_added_blocks_are_refused() throws IOException {
        take("0:" + 3 * MEBIBYTE);
        byte[] first = block(0);
        byte[] last = block(2);

        byte[] flipped = first.clone();
        flipped[4711] ^= 1;
        write(0, flipped);
        assertThat(verify()).isEqualTo(ALTERED);
        write(0, last);
        write(2, first);
        assertThat(verify()).isEqualTo(ALTERED);
        write(0, Arrays.copyOf(first, first.length - 1));
        write(2, last);
        assertThat(verify()).isEqualTo(ALTERED);
        write(0, Arrays.copyOf(first, first.length + 1));
        assertThat(verify()).isEqualTo(ALTERED);
        Files.delete(excerpt.resolve("block-0000000000.bin"));
        assertThat(verify()).isEqualTo(INCOMPLETE);
        write(0, first);
        assertThat(verify()).isEqualTo(OK);
        write(7, first);
        assertThat(verify()).as("a block that nothing proves").isEqualTo(ALTERED);
    }

    @Test
    void a_manifest_or_list_that_the_hoster_did_not_sign_proves_nothing() throws IOException {
        take("0:1");
        for (String name : List.of("manifest.jws", "SHA256SUMS", "SHA256SUMS.p7s")) {
            byte[] honest = Files.readAllBytes(excerpt.resolve(name));
            byte[] flipped = honest.clone();
            flipped[flipped.length / 2] ^= 1;
            Files.write(excerpt.resolve(name), flipped);
            assertThat(verify()).as(name).isEqualTo(ALTERED);
            Files.write(excerpt.resolve(name), honest);
        }
        String json = Files.readString(excerpt.resolve("excerpt.json"));
        Files.writeString(excerpt.resolve("excerpt.json"), json.replace("\"disk\":1", "\"disk\":2"));
        assertThat(verify()).isEqualTo(ALTERED);
        Files.writeString(excerpt.resolve("excerpt.json"), json.replace("\"index\":0", "\"index\":-1"));
        assertThat(verify()).isEqualTo(ALTERED);
        Files.writeString(excerpt.resolve("excerpt.json"), json);
        assertThat(verify()).isEqualTo(OK);
    }

    @Test
    void a_delivery_does_not_pass_because_somebody_put_an_excerpt_into_it() throws IOException {
        take("0:1");
        Path folder = temp.resolve("evidence");
        Files.copy(excerpt.resolve("excerpt.json"), folder.resolve("excerpt.json"));
        Files.copy(excerpt.resolve("block-0000000000.bin"), folder.resolve("block-0000000000.bin"));
        assertThat(run("evidence", "verify", folder.toString(), "--ca", ca())).isEqualTo(ALTERED);
    }

    @Test
    void an_image_of_something_else_is_not_excerpted_and_nothing_is_written() throws IOException {
        byte[] bytes = Files.readAllBytes(image);
        bytes[bytes.length - 1] ^= 1;
        image = Files.write(temp.resolve("other.raw"), bytes);
        assertThat(take("0:1")).isEqualTo(ALTERED);
        assertThat(excerpt).doesNotExist();
    }

    @Test
    void ranges_outside_the_image_are_refused() {
        for (String range :
                List.of("0:0", "-1:4", "0", "3145728:1", "3145727:2", "999999999999999999:999999999999999999", "a:b")) {
            assertThat(take(range)).as(range).isEqualTo(USAGE);
        }
        assertThat(excerpt).doesNotExist();
    }

    private int take(String... ranges) {
        List<String> words = new ArrayList<>(List.of(
                "evidence",
                "excerpt",
                temp.resolve("evidence").toString(),
                "--ca",
                ca(),
                "--image",
                image.toString(),
                "--out",
                excerpt.toString()));
        for (String range : ranges) {
            words.add("--range=" + range);
        }
        return run(words.toArray(String[]::new));
    }

    private int verify() {
        return run("evidence", "verify", excerpt.toString(), "--ca", ca());
    }

    private String ca() {
        return fixture.stage.world().gatewayCa().toString();
    }

    private int run(String... words) {
        PrintWriter out = new PrintWriter(said, true);
        return Sparekey.run(out, out, words);
    }

    private byte[] block(int index) throws IOException {
        return Files.readAllBytes(excerpt.resolve("block-000000000" + index + ".bin"));
    }

    private void write(int index, byte[] bytes) throws IOException {
        Files.write(excerpt.resolve("block-000000000" + index + ".bin"), bytes);
    }
}
