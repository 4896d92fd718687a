// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.MalformedException;

class CanonicalZipTest {

    @Test
    void a_written_zip_is_read_back_member_for_member() throws MalformedException {
        SortedMap<String, byte[]> read = CanonicalZip.read(CanonicalZip.write(members()));
        assertThat(read.keySet()).containsExactly("a.txt", "empty", "log/0000/entry");
        assertThat(read.get("a.txt")).isEqualTo(ascii("hello"));
        assertThat(read.get("empty")).isEmpty();
    }

    @Test
    void the_jdk_reads_it_as_an_ordinary_zip() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(CanonicalZip.write(members())))) {
            ZipEntry first = zip.getNextEntry();
            assertThat(first.getName()).isEqualTo("a.txt");
            assertThat(first.getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(zip.readAllBytes()).isEqualTo(ascii("hello"));
            assertThat(zip.getNextEntry().getName()).isEqualTo("empty");
            assertThat(zip.getNextEntry().getName()).isEqualTo("log/0000/entry");
            assertThat(zip.getNextEntry()).isNull();
        }
    }

    @Test
    void one_set_of_members_has_one_zip() {
        assertThat(CanonicalZip.write(members())).isEqualTo(CanonicalZip.write(members()));
    }

    @Test
    void every_single_flipped_bit_is_refused_or_changes_a_member() {
        byte[] zip = CanonicalZip.write(members());
        for (int bit = 0; bit < zip.length * 8; bit++) {
            byte[] flipped = zip.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> CanonicalZip.read(flipped))
                    .as("bit %s", bit)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void every_shorter_and_a_longer_file_is_refused() {
        byte[] zip = CanonicalZip.write(members());
        for (int length = 0; length < zip.length; length++) {
            byte[] cut = Arrays.copyOf(zip, length);
            assertThatThrownBy(() -> CanonicalZip.read(cut)).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> CanonicalZip.read(Arrays.copyOf(zip, zip.length + 1)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void a_deflated_zip_of_the_same_members_is_refused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a.txt"));
            zip.write(ascii("hello"));
        }
        assertThatThrownBy(() -> CanonicalZip.read(out.toByteArray())).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "/a", "a/../b", "a//b", "a/", ".a", "a/.b", "", "a b", "a\\b"})
    void a_name_that_leads_elsewhere_is_not_written(String name) {
        assertThatThrownBy(() -> CanonicalZip.write(new TreeMap<>(Map.of(name, new byte[0]))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SortedMap<String, byte[]> members() {
        return new TreeMap<>(Map.of("log/0000/entry", ascii("{}"), "a.txt", ascii("hello"), "empty", new byte[0]));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
