// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.TreeHash;

class AddCheckpointTest {

    @Test
    void a_request_is_written_as_the_specification_says_and_read_back_to_the_byte() throws MalformedException {
        for (AddCheckpoint request : List.of(Parties.grow(0, 1), Parties.grow(5, 12), Parties.grow(7, 7))) {
            AddCheckpoint read = AddCheckpoint.parse(request.bytes());
            assertThat(read).isEqualTo(request);
            assertThat(read.bytes()).isEqualTo(request.bytes());
            assertThat(read.origin()).isEqualTo(Parties.ORIGIN);
        }
        assertThat(text(Parties.grow(0, 1))).startsWith("old 0\n\nlog.example/log/case/2026\n1\n");
        assertThat(text(Parties.grow(5, 12))).matches("(?s)old 5\n([A-Za-z0-9+/]{43}=\n){4,5}\nlog.*");
    }

    @Test
    void a_request_of_another_form_is_refused() {
        String good = text(Parties.grow(5, 12));
        for (String bad : List.of(
                "",
                "\n",
                good.replace("old 5", "old 05"),
                good.replace("old 5", "old -5"),
                good.replace("old 5", "old 99999999999999999999"),
                good.replace("old 5", "Old 5"),
                good.replace("old 5", "old  5"),
                good.replace("old 5\n", "old 5 \n"),
                good.replace("old 5\n", "old 5\r\n"),
                good.replace("old 5\n", ""),
                good.replace("old 5\n", "old 5\nAAAA\n"),
                good.replace("old 5\n", "old 5\n" + "A".repeat(44) + "\n"),
                good.replaceFirst("=\n", "\n"),
                good.replaceFirst("\n\n", "\n"),
                good.substring(0, good.length() - 1),
                good.substring(0, good.indexOf("\u2014")),
                good + "\n")) {
            assertThatThrownBy(() -> AddCheckpoint.parse(bad.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void no_more_hashes_are_read_than_a_proof_can_have_and_no_more_bytes_than_the_limit() throws MalformedException {
        List<Digest> most = Collections.nCopies(63, TreeHash.EMPTY_ROOT);
        AddCheckpoint request = new AddCheckpoint(5, most, Parties.grow(5, 12).checkpoint());
        assertThat(AddCheckpoint.parse(request.bytes()).proof()).hasSize(63);
        String line = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
        byte[] more = text(request)
                .replaceFirst("\n", "\n" + line.replace("+", "\\+"))
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> AddCheckpoint.parse(more))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("longer");
        assertThatThrownBy(() -> AddCheckpoint.parse(new byte[AddCheckpoint.MAX_BYTES + 1]))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("limit");
    }

    private static String text(AddCheckpoint request) {
        return new String(request.bytes(), StandardCharsets.UTF_8);
    }
}
