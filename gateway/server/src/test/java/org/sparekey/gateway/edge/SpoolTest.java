// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.signature.MeasuredBody;

class SpoolTest {

    private static final long LIMIT = 4L << 20;

    @Test
    void a_body_is_read_again_as_it_came_whether_in_memory_or_in_a_file() throws IOException {
        for (int size : new int[] {0, 1, Spool.MEMORY_BYTES, Spool.MEMORY_BYTES + 1, (int) LIMIT}) {
            byte[] body = new byte[size];
            new SplittableRandom(size).nextBytes(body);
            try (Spool spool = Spool.read(new ByteArrayInputStream(body), LIMIT)) {
                assertThat(spool.open().readAllBytes()).isEqualTo(body);
                assertThat(spool.open().readAllBytes()).isEqualTo(body);
                assertThat(spool.measured()).isEqualTo(MeasuredBody.of(body));
            }
        }
    }

    @Test
    void a_body_beyond_the_limit_leaves_nothing_behind() throws IOException {
        Set<Path> before = files();
        for (int size : new int[] {(int) LIMIT + 1, (int) LIMIT * 2}) {
            assertThatThrownBy(() -> Spool.read(new ByteArrayInputStream(new byte[size]), LIMIT))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.BODY_TOO_LARGE));
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void a_small_limit_holds_in_memory_too() {
        assertThatThrownBy(() -> Spool.read(new ByteArrayInputStream(new byte[11]), 10))
                .isInstanceOf(ProblemException.class);
    }

    private static Set<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("sparekey-body-"))
                    .collect(Collectors.toSet());
        }
    }
}
