// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first rung: machines from a file with four columns, {@code ip,vm,customerRef,validFrom}, UTF-8, one address a line,
 * several lines for a machine with several addresses. Times carry a zone; a local time is refused, never guessed.
 */
public final class CsvInventory {

    public static final String HEADER = "ip,vm,customerRef,validFrom";
    public static final int MAX_LINES = 100_000;
    public static final int MAX_LINE_CHARS = 4_096;

    private static final int COLUMNS = 4;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CsvInventory() {}

    /**
     * Reads a file.
     *
     * @param cluster where the machines run, by the name the hoster uses: the file does not say
     * @throws CsvException for the first line that is wrong
     */
    public static List<Vps> read(Path file, String cluster) throws IOException, CsvException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(reader, cluster);
        }
    }

    public static List<Vps> read(Reader reader, String cluster) throws IOException, CsvException {
        BufferedReader lines = new BufferedReader(reader);
        String header = lines.readLine();
        if (header == null || !header.replaceFirst("^" + BYTE_ORDER_MARK, "").equals(HEADER)) {
            throw new CsvException(1, "the header is " + HEADER);
        }
        Map<String, Machine> machines = new LinkedHashMap<>();
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (number > MAX_LINES || line.length() > MAX_LINE_CHARS) {
                throw new CsvException(number, "the file or the line is too long");
            }
            Machine machine = machine(CsvLine.cells(number, line), number);
            merge(machines, machine);
        }
        List<Vps> all = new ArrayList<>();
        for (Machine machine : machines.values()) {
            all.add(machine.vps(cluster));
        }
        return all;
    }

    /** Lines of one machine: one customer, one instant, several addresses. */
    private static void merge(Map<String, Machine> machines, Machine next) throws CsvException {
        Machine before = machines.putIfAbsent(next.vm(), next);
        if (before == null) {
            return;
        }
        if (!before.customer().equals(next.customer()) || !before.validFrom().equals(next.validFrom())) {
            throw new CsvException(next.line(), "the machine has another customer or time on line " + before.line());
        }
        if (before.addresses().contains(next.addresses().get(0))) {
            throw new CsvException(next.line(), "the machine has this address already");
        }
        before.addresses().addAll(next.addresses());
    }

    private static Machine machine(List<String> cells, int line) throws CsvException {
        if (cells.size() != COLUMNS) {
            throw new CsvException(line, "four columns, not " + cells.size());
        }
        if (cells.get(1).isBlank()) {
            throw new CsvException(line, "no vm");
        }
        List<String> addresses = new ArrayList<>();
        try {
            addresses.add(org.sparekey.protocol.registration.IpPrefix.parse(cells.get(0))
                    .text());
        } catch (IllegalArgumentException e) {
            throw new CsvException(line, "ip is not an address", e);
        }
        return new Machine(line, addresses, cells.get(1), customer(cells.get(2)), instant(cells.get(3), line));
    }

    private static Optional<Customer> customer(String reference) {
        return reference.isBlank() ? Optional.empty() : Optional.of(Customer.of(reference));
    }

    private static Instant instant(String text, int line) throws CsvException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new CsvException(line, "validFrom is a time with a zone, such as 2026-11-01T00:00:00Z", e);
        }
    }

    private record Machine(
            int line, List<String> addresses, String vm, Optional<Customer> customer, Instant validFrom) {

        Vps vps(String cluster) {
            Vps.Description description = Vps.on(cluster, vm);
            addresses.forEach(description::address);
            customer.ifPresent(description::customer);
            return description.since(validFrom);
        }
    }
}
