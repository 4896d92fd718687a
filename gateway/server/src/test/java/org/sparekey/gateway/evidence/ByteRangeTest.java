// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    private static final String ETAG = "\"abc\"";
    private static final long LENGTH = 1000;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-,0,999",
        "bytes=0-0,0,0",
        "bytes=999-,999,999",
        "bytes=500-5000,500,999",
        "bytes=-1,999,999",
        "bytes=-5000,0,999"
    })
    void one_range_is_cut_to_the_file(String range, long from, long to) {
        assertThat(of(range)).isEqualTo(new ByteRange.Part(from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=5000-6000", "bytes=-0"})
    void a_range_behind_the_end_is_unsatisfiable(String range) {
        assertThat(of(range)).isEqualTo(new ByteRange.Unsatisfiable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-1,3-4",
                "bytes=5-1",
                "lines=0-1",
                "bytes=",
                "bytes=--1",
                "bytes=a-b",
                "bytes=99999999999999999999-"
            })
    void what_is_not_one_range_of_bytes_is_ignored(String range) {
        assertThat(of(range)).isEqualTo(new ByteRange.Whole());
    }

    @Test
    void a_range_of_another_version_of_the_file_is_ignored() {
        assertThat(ByteRange.of(Optional.of("bytes=5-"), Optional.of(ETAG), ETAG, LENGTH))
                .isEqualTo(new ByteRange.Part(5, 999));
        assertThat(ByteRange.of(Optional.of("bytes=5-"), Optional.of("\"old\""), ETAG, LENGTH))
                .isEqualTo(new ByteRange.Whole());
        assertThat(ByteRange.of(Optional.of("bytes=5-"), Optional.of("W/" + ETAG), ETAG, LENGTH))
                .isEqualTo(new ByteRange.Whole());
    }

    @Test
    void nothing_can_be_asked_of_an_empty_file() {
        assertThat(ByteRange.of(Optional.of("bytes=0-"), Optional.empty(), ETAG, 0))
                .isEqualTo(new ByteRange.Unsatisfiable());
        assertThat(ByteRange.of(Optional.empty(), Optional.empty(), ETAG, 0)).isEqualTo(new ByteRange.Whole());
    }

    private static ByteRange of(String range) {
        return ByteRange.of(Optional.of(range), Optional.empty(), ETAG, LENGTH);
    }
}
