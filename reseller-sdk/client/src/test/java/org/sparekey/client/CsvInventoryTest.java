// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvInventoryTest {

    private static final String HEADER = CsvInventory.HEADER + "\n";

    @Test
    void four_columns_make_a_machine() throws Exception {
        assertThat(read(HEADER + "192.0.2.10,101,customer-7,2026-11-01T00:00:00Z\n"))
                .singleElement()
                .satisfies(vps -> {
                    assertThat(vps.addresses()).containsExactly("192.0.2.10");
                    assertThat(vps.cluster()).isEqualTo("cluster-a");
                    assertThat(vps.vm()).isEqualTo("101");
                    assertThat(vps.customer()).contains(Customer.of("customer-7"));
                    assertThat(vps.validFrom()).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
                });
    }

    @Test
    void several_lines_are_several_addresses_of_one_machine() throws Exception {
        List<Vps> machines = read(HEADER
                + "192.0.2.10,101,c,2026-11-01T00:00:00Z\n"
                + "192.0.2.11,102,c,2026-11-01T00:00:00Z\n"
                + "2001:DB8:0::10,101,c,2026-11-01T01:00:00+01:00\n");

        assertThat(machines).hasSize(2);
        assertThat(machines.get(0).addresses()).containsExactly("192.0.2.10", "2001:db8::10");
    }

    @Test
    void quotes_byte_order_mark_and_windows_line_ends_are_read() throws Exception {
        List<Vps> machines = read("\uFEFF" + CsvInventory.HEADER
                + "\r\n\"192.0.2.10\",\"101\",\"Bakker, \"\"De Korst\"\"\",2026-11-01T00:00:00Z\r\n");

        assertThat(machines.get(0).customer()).contains(Customer.of("Bakker, \"De Korst\""));
    }

    @Test
    void a_machine_without_a_customer_has_none() throws Exception {
        assertThat(read(HEADER + "192.0.2.10,101,,2026-11-01T00:00:00Z\n")
                        .get(0)
                        .customer())
                .isEmpty();
    }

    @Test
    void an_empty_inventory_is_empty() throws Exception {
        assertThat(read(HEADER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ip;vm;customerRef;validFrom\n", "192.0.2.10,101,c,2026-11-01T00:00:00Z\n", "ip,vm\n"})
    void a_file_without_its_header_is_refused_on_line_one(String text) {
        assertThat(failure(text).line()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "192.0.2.10,101,c",
                "192.0.2.10,101,c,2026-11-01T00:00:00Z,more",
                "192.0.2.10;101;c;2026-11-01T00:00:00Z",
                "192.0.2.256,101,c,2026-11-01T00:00:00Z",
                "example.org,101,c,2026-11-01T00:00:00Z",
                "192.0.2.010,101,c,2026-11-01T00:00:00Z",
                "192.0.2.10/24,101,c,2026-11-01T00:00:00Z",
                ",101,c,2026-11-01T00:00:00Z",
                "192.0.2.10,,c,2026-11-01T00:00:00Z",
                "192.0.2.10,101,c,2026-11-01T00:00:00",
                "192.0.2.10,101,c,2026-11-01",
                "192.0.2.10,101,c,01-11-2026 00:00",
                "192.0.2.10,101,c,2026-02-30T00:00:00Z",
                "192.0.2.10,101,c,",
                "192.0.2.10,10\"1,c,2026-11-01T00:00:00Z",
                "192.0.2.10,\"101,c,2026-11-01T00:00:00Z",
                "192.0.2.10,\"101\"x,c,2026-11-01T00:00:00Z",
                "192.0.2.9,100,c,2026-11-01T00:00:00Z",
                "192.0.2.10,100,other,2026-11-01T00:00:00Z",
                "192.0.2.10,100,c,2026-11-02T00:00:00Z"
            })
    void a_wrong_line_is_refused_by_its_number(String line) {
        assertThat(failure(HEADER + "192.0.2.9,100,c,2026-11-01T00:00:00Z\n" + line + "\n")
                        .line())
                .isEqualTo(3);
    }

    @Test
    void a_blank_line_is_refused_by_its_number() {
        assertThat(failure(HEADER + "\n").line()).isEqualTo(2);
    }

    @Test
    void a_line_without_end_is_refused() {
        assertThat(failure(HEADER + "1".repeat(CsvInventory.MAX_LINE_CHARS + 1)).line())
                .isEqualTo(2);
    }

    @Test
    void the_message_never_quotes_the_line() {
        assertThat(failure(HEADER + "nonsense,secret-customer,x\n")).hasMessageNotContaining("secret-customer");
    }

    @Test
    void a_file_of_another_encoding_is_refused(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("inventory.csv"), new byte[] {'i', 'p', (byte) 0xe9});

        assertThat(catchThrowableOfType(IOException.class, () -> CsvInventory.read(file, "cluster-a")))
                .isNotNull();
    }

    private static List<Vps> read(String text) throws IOException, CsvException {
        return CsvInventory.read(new StringReader(text), "cluster-a");
    }

    private static CsvException failure(String text) {
        return catchThrowableOfType(CsvException.class, () -> read(text));
    }
}
