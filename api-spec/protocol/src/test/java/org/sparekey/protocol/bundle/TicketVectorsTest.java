// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.ticket.TicketFault;
import org.sparekey.protocol.ticket.TicketMemory;
import org.sparekey.protocol.ticket.TicketVerdict;

/** Replays {@code api-spec/vectors/tickets}: what every node must do, and must not. */
class TicketVectorsTest {

    private static final Path VECTORS =
            Path.of(System.getProperty("sparekey.basedir"), "api-spec", "vectors", "tickets");

    @TestFactory
    Stream<DynamicTest> tickets() throws Exception {
        return vectors().vectors().stream()
                .map(vector -> DynamicTest.dynamicTest(vector.file() + ": " + vector.story(), () -> replay(vector)));
    }

    @Test
    void every_file_is_listed() throws Exception {
        TreeSet<String> listed = new TreeSet<>(List.of(TicketVectors.LIST, "trust.json", "README.md"));
        vectors().vectors().forEach(vector -> listed.add(vector.file()));
        try (Stream<Path> files = Files.list(VECTORS)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    private static TicketVectors.Vectors vectors() throws Exception {
        return Wire.read(read(TicketVectors.LIST), TicketVectors.Vectors.class);
    }

    private static byte[] read(String name) throws IOException {
        return Files.readAllBytes(VECTORS.resolve(name));
    }

    private static void replay(TicketVectors.Vector vector) throws Exception {
        TicketMemory memory = TicketMemory.NOTHING;
        if (vector.after().isPresent()) {
            memory = SampleTicket.judged(
                            read("trust.json"), read(vector.after().get()), TicketMemory.NOTHING, vector.at())
                    .memory();
        }
        TicketVerdict verdict = SampleTicket.judged(read("trust.json"), read(vector.file()), memory, vector.at());
        Optional<TicketFault> fault =
                verdict.match(accepted -> Optional.empty(), refused -> Optional.of(refused.fault()));
        assertThat(fault).isEqualTo(vector.expected());
    }
}
