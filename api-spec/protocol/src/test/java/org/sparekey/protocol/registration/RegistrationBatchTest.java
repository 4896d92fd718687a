// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;
import org.sparekey.protocol.tree.InclusionProof;

class RegistrationBatchTest {

    private final SigningKey key = TestKeys.p256();

    @Test
    void what_is_written_is_read_back_to_the_byte() throws Exception {
        RegistrationBatch batch = Registrations.batch(key, 5);
        BatchReader reader = new BatchReader(new ByteArrayInputStream(bytes(batch)));
        List<Bytes> lines = drain(reader);

        assertThat(new RegistrationBatch(reader.document(), lines)).satisfies(read -> {
            assertThat(bytes(read)).isEqualTo(bytes(batch));
        });
        assertThat(reader.rootHolds()).isTrue();
        assertThat(reader.document().verifiedBy(key.publicKey())).isTrue();
        assertThat(reader.header().count()).isEqualTo(5);
    }

    @Test
    void every_line_can_be_proven_alone_under_the_signed_root() throws Exception {
        for (int size = 1; size <= 9; size++) {
            BatchReader reader = new BatchReader(new ByteArrayInputStream(bytes(Registrations.batch(key, size))));
            List<Bytes> lines = drain(reader);
            for (int i = 0; i < size; i++) {
                BatchLine line = new BatchLine(i + 2, lines.get(i));
                InclusionProof proof = new InclusionProof(i, size, reader.tree().path(i));
                assertThat(proof.proves(line.leafHash(), reader.header().root()))
                        .isTrue();
            }
        }
    }

    @Test
    void a_swapped_dropped_repeated_or_altered_line_breaks_the_root() throws Exception {
        RegistrationBatch batch = Registrations.batch(key, 3);
        List<Bytes> swapped = new ArrayList<>(batch.lines());
        Collections.swap(swapped, 0, 2);
        List<Bytes> repeated = new ArrayList<>(batch.lines());
        repeated.set(1, repeated.get(0));
        List<Bytes> altered = new ArrayList<>(batch.lines());
        byte[] line = altered.get(1).array();
        line[20] ^= 1;
        altered.set(1, Bytes.of(line));

        for (List<Bytes> lines : List.of(swapped, repeated, altered)) {
            BatchReader reader =
                    new BatchReader(new ByteArrayInputStream(bytes(new RegistrationBatch(batch.header(), lines))));
            drain(reader);
            assertThat(reader.rootHolds()).isFalse();
        }
    }

    @Test
    void a_batch_cut_anywhere_is_malformed() throws Exception {
        byte[] whole = bytes(Registrations.batch(key, 2));
        for (int length = 0; length < whole.length; length++) {
            InputStream cut = new ByteArrayInputStream(whole, 0, length);
            assertThatThrownBy(() -> drain(new BatchReader(cut)))
                    .as("cut at %d", length)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void bytes_behind_the_last_line_are_malformed() throws Exception {
        byte[] whole = bytes(Registrations.batch(key, 2));
        for (String more : List.of("{}\n", "\n", "x")) {
            InputStream longer = new SequenceInputStream(
                    new ByteArrayInputStream(whole),
                    new ByteArrayInputStream(more.getBytes(StandardCharsets.US_ASCII)));
            assertThatThrownBy(() -> drain(new BatchReader(longer))).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void a_line_without_end_is_stopped_at_its_limit() {
        long[] read = {0};
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read[0]++;
                return 'a';
            }
        };
        assertThatThrownBy(() -> new BatchReader(endless)).isInstanceOf(MalformedException.class);
        assertThat(read[0]).isLessThan(2L * RegistrationBatch.MAX_LINE_BYTES);
    }

    @Test
    void the_root_is_not_told_before_the_end() throws Exception {
        BatchReader reader = new BatchReader(new ByteArrayInputStream(bytes(Registrations.batch(key, 2))));
        assertThat(reader.next()).isPresent();
        assertThatThrownBy(reader::rootHolds).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_record_that_the_gateway_would_refuse_is_not_signed() {
        RegistrationRecord upperCase = Lines.with(Registrations.vps(1), "macs", List.of("52:54:00:AA:00:01"));
        assertThatThrownBy(() -> RegistrationBatch.sign(
                        "r", 1, List.of(upperCase), key, Registrations.AT, Bytes.of(new byte[32])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/macs/0");
        assertThatThrownBy(
                        () -> RegistrationBatch.sign("r", 1, List.of(), key, Registrations.AT, Bytes.of(new byte[32])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(RegistrationBatch batch) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        batch.writeTo(out);
        return out.toByteArray();
    }

    private static List<Bytes> drain(BatchReader reader) throws IOException, MalformedException {
        List<Bytes> lines = new ArrayList<>();
        for (Optional<BatchLine> line = reader.next(); line.isPresent(); line = reader.next()) {
            lines.add(line.get().raw());
        }
        return lines;
    }
}
