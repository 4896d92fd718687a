// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.inventory.CsvFault.Code;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.IpPrefix;

/** What a reseller passes on to another. */
class ChainsTest {

    private static final PartyId PALM = new PartyId("palmstrand");
    private static final PartyId DUNE = new PartyId("duinrand");
    private static final PartyId REEF = new PartyId("rifrand");
    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant T1 = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant T2 = Instant.parse("2026-05-01T00:00:00Z");
    private static final String HEADER = "kind,value,reseller,from,to,via\n";
    private static final String FROM_T0 = "2026-03-01T00:00:00.000Z";
    private static final String FROM_T1 = "2026-04-01T00:00:00.000Z";
    private static final String FROM_T2 = "2026-05-01T00:00:00.000Z";

    @Test
    void what_was_passed_on_is_the_last_hands_for_that_time_and_the_first_hands_before_and_after() {
        Chains chains = new Chains(
                List.of(prefix("192.0.2.0/24", PALM, T0, null, null), prefix("192.0.2.0/28", DUNE, T1, T2, PALM)));
        assertThat(chains.ends())
                .containsExactly(
                        prefix("192.0.2.0/24", PALM, T0, T1, null),
                        prefix("192.0.2.0/24", PALM, T2, null, null),
                        prefix("192.0.2.0/28", DUNE, T1, T2, PALM));
        assertThat(chains.at(T1)).extracting(Assignment::reseller).containsExactly(PALM, DUNE);
        assertThat(chains.at(T2)).extracting(Assignment::reseller).containsExactly(PALM);
        assertThat(chains.at(T0.minusMillis(1))).isEmpty();
    }

    @Test
    void a_chain_of_three_is_followed_to_its_end() {
        List<Assignment> all = List.of(
                prefix("192.0.2.0/24", PALM, T0, null, null),
                prefix("192.0.2.0/24", DUNE, T0, null, PALM),
                prefix("192.0.2.0/28", REEF, T1, null, DUNE));
        Landlords landlords = new Landlords(all, T1);
        assertThat(landlords.of(IpPrefix.parse("192.0.2.7"))).contains(REEF);
        assertThat(landlords.of(IpPrefix.parse("192.0.2.77"))).contains(DUNE);
        assertThat(new Landlords(all, T0).of(IpPrefix.parse("192.0.2.7"))).contains(DUNE);
        assertThat(landlords.of(IpPrefix.parse("198.51.100.7"))).isEmpty();
    }

    @Test
    void a_server_is_passed_on_whole() {
        Landlords landlords = new Landlords(
                List.of(
                        new Assignment(Assignment.Kind.SERVER, "node-1", PALM, T0, Optional.empty(), T0),
                        new Assignment(
                                Assignment.Kind.SERVER, "node-1", DUNE, T1, Optional.empty(), T0, Optional.of(PALM))),
                T2);
        assertThat(landlords.ofPlace("node-1")).contains(DUNE);
        assertThat(landlords.ofPlace("node-2")).isEmpty();
    }

    @Test
    void nobody_passes_on_what_he_does_not_have() {
        refused("PREFIX,192.0.2.0/28,duinrand," + FROM_T0 + ",,palmstrand");
        refused(row("192.0.2.0/24", "palmstrand", FROM_T0, FROM_T2, "")
                + row("198.51.100.0/28", "duinrand", FROM_T0, FROM_T1, "palmstrand"));
        refused(row("192.0.2.0/28", "palmstrand", FROM_T0, FROM_T2, "")
                + row("192.0.2.0/24", "duinrand", FROM_T0, FROM_T1, "palmstrand"));
    }

    @Test
    void nobody_passes_on_for_longer_than_he_has_it() {
        refused(row("192.0.2.0/24", "palmstrand", FROM_T0, FROM_T1, "")
                + row("192.0.2.0/28", "duinrand", FROM_T0, FROM_T2, "palmstrand"));
        refused(row("192.0.2.0/24", "palmstrand", FROM_T1, "", "")
                + row("192.0.2.0/28", "duinrand", FROM_T0, "", "palmstrand"));
        refused(row("192.0.2.0/24", "palmstrand", FROM_T0, FROM_T1, "")
                + row("192.0.2.0/28", "duinrand", FROM_T0, "", "palmstrand"));
    }

    @Test
    void a_circle_has_no_owner() {
        refused(row("192.0.2.0/24", "palmstrand", FROM_T0, "", "duinrand")
                + row("192.0.2.0/24", "duinrand", FROM_T0, "", "palmstrand"));
        refused(row("192.0.2.0/24", "palmstrand", FROM_T0, "", "")
                + row("192.0.2.0/24", "duinrand", FROM_T0, "", "palmstrand")
                + row("192.0.2.0/28", "palmstrand", FROM_T0, "", "duinrand"));
    }

    @Test
    void one_thing_is_passed_on_to_one_only() {
        AssignmentFile.Reading reading = read(row("192.0.2.0/24", "palmstrand", FROM_T0, "", "")
                + row("192.0.2.0/28", "duinrand", FROM_T0, "", "palmstrand")
                + row("192.0.2.0/29", "rifrand", FROM_T1, "", "palmstrand"));
        assertThat(reading.faults()).extracting(CsvFault::code).contains(Code.OVERLAPS);
    }

    @Test
    void ending_a_thing_that_is_still_passed_on_is_refused() {
        List<Assignment> current = read(row("192.0.2.0/24", "palmstrand", FROM_T0, "", "")
                        + row("192.0.2.0/28", "duinrand", FROM_T0, "", "palmstrand"))
                .rows();
        AssignmentFile.Reading reading = AssignmentFile.read(
                bytes(row("192.0.2.0/24", "palmstrand", FROM_T0, FROM_T1, "")), current, any -> true, T2);
        assertThat(reading.faults()).extracting(CsvFault::code).containsExactly(Code.NOT_HIS_TO_PASS_ON);
    }

    @Test
    void a_preview_names_what_is_new_what_is_altered_and_what_stays() {
        List<Assignment> current = read(row("192.0.2.0/24", "palmstrand", FROM_T0, "", "")
                        + row("198.51.100.0/24", "duinrand", FROM_T0, "", ""))
                .rows();
        Preview.Planned planned = Preview.of(
                read(row("192.0.2.0/24", "palmstrand", FROM_T0, FROM_T1, "")
                                + row("198.51.100.0/24", "duinrand", FROM_T0, "", "")
                                + row("203.0.113.0/24", "duinrand", FROM_T0, "", ""))
                        .rows(),
                current);
        assertThat(planned.differences())
                .extracting(Preview.Difference::change)
                .containsExactly(Preview.Change.ALTERED, Preview.Change.SAME, Preview.Change.NEW);
        assertThat(planned.changesNothing()).isFalse();
        assertThat(planned.differences().get(0).text())
                .isEqualTo("~ PREFIX 192.0.2.0/24 palmstrand from 2026-03-01T00:00:00Z to 2026-04-01T00:00:00Z"
                        + " (was palmstrand from 2026-03-01T00:00:00Z)");
        assertThat(Preview.of(current, current).changesNothing()).isTrue();
    }

    private static void refused(String rows) {
        assertThat(read(rows).faults()).extracting(CsvFault::code).contains(Code.NOT_HIS_TO_PASS_ON);
    }

    private static AssignmentFile.Reading read(String rows) {
        return AssignmentFile.read(bytes(rows), List.of(), any -> true, T2);
    }

    private static byte[] bytes(String rows) {
        return (HEADER + rows).getBytes(StandardCharsets.UTF_8);
    }

    private static String row(String prefix, String reseller, String from, String to, String via) {
        return "PREFIX," + prefix + "," + reseller + "," + from + "," + to + "," + via + "\n";
    }

    private static Assignment prefix(
            String prefix,
            PartyId reseller,
            Instant from,
            @org.jspecify.annotations.Nullable Instant to,
            @org.jspecify.annotations.Nullable PartyId via) {
        return new Assignment(
                Assignment.Kind.PREFIX, prefix, reseller, from, Optional.ofNullable(to), T0, Optional.ofNullable(via));
    }
}
