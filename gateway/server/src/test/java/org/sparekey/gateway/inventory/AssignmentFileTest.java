// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparekey.gateway.inventory.CsvFault.Code;
import org.sparekey.gateway.parties.PartyId;

class AssignmentFileTest {

    private static final PartyId PALM = new PartyId("palmstrand");
    private static final PartyId DUNE = new PartyId("duinrand");
    private static final String HEADER = "kind,value,reseller,from,to\n";
    private static final String SPRING = "2026-03-01T00:00:00.000Z";
    private static final String SUMMER = "2026-06-01T00:00:00.000Z";
    private static final Instant NOW = Instant.parse("2026-09-01T00:00:00Z");

    @Test
    void good_rows_are_read_as_they_are() {
        AssignmentFile.Reading reading = read(HEADER + "PREFIX,192.0.2.0/28,palmstrand," + SPRING + "," + SUMMER
                + "\nSERVER,node-1,duinrand," + SPRING + ",\nPORT,switch-a/7,palmstrand," + SPRING + ",\n");
        assertThat(reading.faults()).isEmpty();
        assertThat(reading.rows())
                .containsExactly(
                        row(Assignment.Kind.PREFIX, "192.0.2.0/28", PALM, SPRING, SUMMER),
                        row(Assignment.Kind.SERVER, "node-1", DUNE, SPRING, null),
                        row(Assignment.Kind.PORT, "switch-a/7", PALM, SPRING, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prefix,192.0.2.0/28,palmstrand,2026-03-01T00:00:00.000Z,|kind|BAD_KIND",
                "PREFIX,192.0.2.1/28,palmstrand,2026-03-01T00:00:00.000Z,|value|BAD_PREFIX",
                "PREFIX,www.example.nl,palmstrand,2026-03-01T00:00:00.000Z,|value|BAD_PREFIX",
                "SERVER,node one,palmstrand,2026-03-01T00:00:00.000Z,|value|BAD_VALUE",
                "SERVER,node-1,nobody,2026-03-01T00:00:00.000Z,|reseller|BAD_RESELLER",
                "SERVER,node-1,Palm Strand,2026-03-01T00:00:00.000Z,|reseller|BAD_RESELLER",
                "SERVER,node-1,palmstrand,2026-03-01 00:00,|from|BAD_TIME",
                "SERVER,node-1,palmstrand,2026-03-01T00:00:00.000+01:00,|from|BAD_TIME",
                "SERVER,node-1,palmstrand,2026-03-01T00:00:00.000Z,never|to|BAD_TIME",
                "SERVER,node-1,palmstrand,2026-03-01T00:00:00.000Z,2026-03-01T00:00:00.000Z|to|ENDS_BEFORE_IT_BEGINS",
                "SERVER,node-1,palmstrand,2026-03-01T00:00:00.000Z||BAD_COLUMNS",
                "''||BAD_COLUMNS"
            })
    void a_bad_row_is_refused_with_its_line_its_column_and_a_code(String row, String column, Code code) {
        AssignmentFile.Reading reading = read(HEADER + row + "\n");
        assertThat(reading.faults()).contains(new CsvFault(2, column == null ? "" : column, code));
    }

    @Test
    void a_file_that_is_none_is_refused_as_a_whole() {
        assertThat(codes("")).containsExactly(Code.BAD_HEADER);
        assertThat(codes("kind;value;reseller;from;to\n")).containsExactly(Code.BAD_HEADER);
        assertThat(codes("﻿" + HEADER)).containsExactly(Code.BAD_HEADER);
        assertThat(codes(HEADER + "PREFIX,\"192")).containsExactly(Code.NOT_CSV);
        byte[] latin = (HEADER + "SERVER,n\u00e9,palmstrand,,\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(latin, List.of()).faults()).extracting(CsvFault::code).containsExactly(Code.NOT_UTF_8);
        assertThat(read(new byte[CsvTable.MAX_BYTES + 1], List.of()).faults())
                .extracting(CsvFault::code)
                .containsExactly(Code.TOO_LARGE);
    }

    @Test
    void a_prefix_is_never_given_to_two_at_one_time() {
        String wide = "PREFIX,192.0.2.0/24,palmstrand," + SPRING + ",";
        assertThat(lines(HEADER + wide + "\nPREFIX,192.0.2.7,duinrand," + SUMMER + ",\n"))
                .containsExactlyInAnyOrder(2L, 3L);
        assertThat(lines(HEADER + wide + SUMMER + "\nPREFIX,192.0.2.7,duinrand," + SUMMER + ",\n"))
                .isEmpty();
        assertThat(lines(HEADER + wide + "\n" + wide + "\n")).containsExactlyInAnyOrder(2L, 3L);
        assertThat(lines(HEADER + wide + "\nPREFIX,192.0.3.0/24,duinrand," + SPRING + ",\n"))
                .isEmpty();
    }

    @Test
    void a_row_may_not_overlap_what_holds_already_in_either_direction() {
        Assignment held = row(Assignment.Kind.PREFIX, "192.0.2.0/28", PALM, SPRING, null);
        assertThat(faults("PREFIX,192.0.2.7,duinrand," + SUMMER + ",", held)).containsExactly(Code.OVERLAPS);
        assertThat(faults("PREFIX,192.0.0.0/16,duinrand," + SUMMER + ",", held)).containsExactly(Code.OVERLAPS);
        assertThat(faults("PREFIX,192.0.2.16/28,duinrand," + SUMMER + ",", held))
                .isEmpty();
    }

    @Test
    void an_assignment_is_ended_by_stating_it_again_with_its_end() {
        Assignment held = row(Assignment.Kind.PREFIX, "192.0.2.0/28", PALM, SPRING, null);
        assertThat(faults("PREFIX,192.0.2.0/28,palmstrand," + SPRING + "," + SUMMER, held))
                .isEmpty();
        assertThat(faults(
                        "PREFIX,192.0.2.0/28,palmstrand," + SPRING + "," + SUMMER + "\nPREFIX,192.0.2.0/28,duinrand,"
                                + SUMMER + ",",
                        held))
                .isEmpty();
    }

    @Test
    void an_address_plan_is_as_strict() {
        String header = "prefix,cluster,vm,from,to\n";
        String row = "192.0.2.7,cluster-a,101," + SPRING + ",\n";
        assertThat(plan(header + row).faults()).isEmpty();
        assertThat(plan(header + row + "192.0.2.0/28,cluster-a,102," + SUMMER + ",\n")
                        .faults())
                .extracting(CsvFault::code)
                .containsExactly(Code.OVERLAPS, Code.OVERLAPS);
        assertThat(plan(header + "192.0.2.7,cluster a,,2026,\n").faults())
                .extracting(CsvFault::column)
                .containsExactly("cluster", "vm", "from");
    }

    private static AddressPlanFile.Reading plan(String csv) {
        return AddressPlanFile.read(csv.getBytes(StandardCharsets.UTF_8), List.of(), NOW);
    }

    private static List<Code> faults(String rows, Assignment held) {
        return read((HEADER + rows + "\n").getBytes(StandardCharsets.UTF_8), List.of(held)).faults().stream()
                .map(CsvFault::code)
                .toList();
    }

    private static List<Code> codes(String csv) {
        return read(csv).faults().stream().map(CsvFault::code).toList();
    }

    private static List<Long> lines(String csv) {
        return read(csv).faults().stream().map(CsvFault::line).toList();
    }

    private static AssignmentFile.Reading read(String csv) {
        return read(csv.getBytes(StandardCharsets.UTF_8), List.of());
    }

    private static AssignmentFile.Reading read(byte[] csv, List<Assignment> held) {
        return AssignmentFile.read(csv, held, List.of(PALM, DUNE)::contains, NOW);
    }

    private static Assignment row(
            Assignment.Kind kind,
            String value,
            PartyId reseller,
            String from,
            @org.jspecify.annotations.Nullable String to) {
        return new Assignment(
                kind,
                value,
                reseller,
                Instant.parse(from),
                Optional.ofNullable(to).map(Instant::parse),
                NOW);
    }
}
