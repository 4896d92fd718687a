// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

class DigestListTest {

    private static final String A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    @Test
    void a_list_reads_as_sha256sum_writes_it_and_is_written_back_byte_for_byte() throws MalformedException {
        byte[] text = ascii(A + "  disk00-000000.zst.age\n" + A + "  key.cms\n");
        DigestList list = DigestList.parse(text);
        assertThat(list.digests()).containsOnlyKeys("disk00-000000.zst.age", "key.cms");
        assertThat(list.digests().get("key.cms")).isEqualTo(Digest.sha256(ascii("a")));
        assertThat(list.bytes()).isEqualTo(text);
    }

    @Test
    void an_empty_list_is_an_empty_file() throws MalformedException {
        assertThat(DigestList.of(Map.of()).bytes()).isEmpty();
        assertThat(DigestList.parse(new byte[0]).digests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                A + "  ../key.cms\n",
                A + "  /etc/passwd\n",
                A + "  b\n" + A + "  a\n",
                A + "  a\n" + A + "  a\n",
                A + " *a\n",
                A + "  a",
                A + "  a\r\n",
                A + "  a\n\n",
                "\n",
                "CA978112CA1BBDCAFAC231B39A23DC4DA786EFF8147C4E72B9807785AFEE48BB  a\n",
                A + "  .hidden\n",
                A + "  n\u00e4me\n"
            })
    void a_list_in_another_spelling_or_with_a_path_is_refused(String text) {
        assertThatThrownBy(() -> DigestList.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedException.class);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
