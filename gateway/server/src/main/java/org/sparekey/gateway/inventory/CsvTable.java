// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.IpPrefix;

/**
 * Reads a CSV file strictly: exact header, exact columns, no blank lines, UTC times with milliseconds. Every fault is
 * collected, so that the hoster mends a file once.
 */
final class CsvTable {

    static final int MAX_BYTES = 10 << 20;
    static final int MAX_ROWS = 100_000;

    /** More would not be read by anyone. */
    static final int MAX_FAULTS = 100;

    private static final String NAME = "[A-Za-z0-9._/-]{1,128}";

    private final List<CsvFault> faults = new ArrayList<>();

    List<CsvFault> faults() {
        return List.copyOf(faults.subList(0, Math.min(faults.size(), MAX_FAULTS)));
    }

    /** The good rows; worth nothing unless {@link #faults} is empty. */
    <T> List<T> read(byte[] csv, List<String> header, Function<Row, Optional<T>> toRow) {
        return read(csv, Set.of(header), toRow);
    }

    /** @param headers the first line is one of these, and says which columns the others have */
    <T> List<T> read(byte[] csv, Set<List<String>> headers, Function<Row, Optional<T>> toRow) {
        List<T> rows = new ArrayList<>();
        if (csv.length > MAX_BYTES) {
            fault(0, "", CsvFault.Code.TOO_LARGE);
            return rows;
        }
        try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(text(csv)))) {
            List<String> header = List.of();
            for (CSVRecord one : parser) {
                if (one.getRecordNumber() == 1) {
                    header = header(one, headers);
                } else {
                    accept(one, header, toRow).ifPresent(rows::add);
                }
                if (one.getRecordNumber() > MAX_ROWS + 1) {
                    fault(one.getRecordNumber(), "", CsvFault.Code.TOO_LARGE);
                    return rows;
                }
            }
            if (parser.getRecordNumber() == 0) {
                fault(1, "", CsvFault.Code.BAD_HEADER);
            }
        } catch (CharacterCodingException e) {
            fault(0, "", CsvFault.Code.NOT_UTF_8);
        } catch (IOException | UncheckedIOException e) {
            fault(0, "", CsvFault.Code.NOT_CSV);
        }
        return rows;
    }

    void fault(long line, String column, CsvFault.Code code) {
        faults.add(new CsvFault(line, column, code));
    }

    private List<String> header(CSVRecord one, Set<List<String>> headers) {
        if (headers.contains(one.toList())) {
            return one.toList();
        }
        fault(1, "", CsvFault.Code.BAD_HEADER);
        return headers.iterator().next();
    }

    private <T> Optional<T> accept(CSVRecord one, List<String> header, Function<Row, Optional<T>> toRow) {
        long line = one.getRecordNumber();
        if (one.size() != header.size()) {
            fault(line, "", CsvFault.Code.BAD_COLUMNS);
            return Optional.empty();
        }
        return toRow.apply(new Row(line, one.toList(), header));
    }

    private static String text(byte[] csv) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(csv)).toString();
    }

    /** One line; each question that has no good answer leaves a fault behind and answers empty. */
    final class Row {

        private final long line;
        private final List<String> values;
        private final List<String> header;

        private Row(long line, List<String> values, List<String> header) {
            this.line = line;
            this.values = values;
            this.header = header;
        }

        long line() {
            return line;
        }

        boolean has(String column) {
            return header.contains(column);
        }

        String text(String column) {
            return values.get(header.indexOf(column));
        }

        Optional<String> name(String column) {
            return check(column, CsvFault.Code.BAD_VALUE, text -> text.matches(NAME) ? text : null);
        }

        Optional<IpPrefix> prefix(String column) {
            return check(
                    column, CsvFault.Code.BAD_PREFIX, text -> IpPrefix.isCanonical(text) ? IpPrefix.parse(text) : null);
        }

        Optional<Instant> time(String column) {
            return check(column, CsvFault.Code.BAD_TIME, CsvTable::time);
        }

        /** An empty cell means "it lasts": empty inside; a fault: empty outside. */
        Optional<Optional<Instant>> end(String column, Optional<Instant> begin) {
            if (text(column).isEmpty()) {
                return Optional.of(Optional.empty());
            }
            Optional<Instant> end = time(column);
            if (end.isPresent() && begin.isPresent() && !begin.get().isBefore(end.get())) {
                fault(line, column, CsvFault.Code.ENDS_BEFORE_IT_BEGINS);
                return Optional.empty();
            }
            return end.map(Optional::of);
        }

        <T> Optional<T> check(
                String column, CsvFault.Code code, Function<String, @org.jspecify.annotations.Nullable T> read) {
            Optional<T> value = Optional.ofNullable(read.apply(text(column)));
            if (value.isEmpty()) {
                fault(line, column, code);
            }
            return value;
        }
    }

    private static @org.jspecify.annotations.Nullable Instant time(String text) {
        try {
            Instant instant = Instant.parse(text);
            return Wire.text(instant).equals(text) ? instant : null;
        } catch (java.time.format.DateTimeParseException notATime) {
            return null;
        }
    }
}
