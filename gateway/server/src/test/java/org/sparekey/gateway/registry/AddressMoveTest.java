// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.registry.Assets.IP;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.ip;
import static org.sparekey.gateway.registry.Assets.record;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TargetFormat;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.registration.AddressMove;
import org.sparekey.protocol.registration.RegistrationRecord;

/** One line that closes an address for one asset and opens it for another. */
class AddressMoveTest {

    private static final Instant MOVED = LONG_AGO.plus(Duration.ofHours(1));

    @TempDir
    static Path directory;

    private static RegistryFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new RegistryFixture(directory);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void begin() {
        fixture.begin();
        fixture.register(fixture.reseller(), 1, record(1, 1, LONG_AGO, ip(IP)), record(2, 2, LONG_AGO));
        fixture.at(MOVED);
    }

    @Test
    void an_address_moves_at_one_instant_from_one_asset_to_the_other() {
        assertThat(fixture.verdicts(fixture.reseller(), 2, move(IP, record(1, 1, MOVED), record(2, 2, MOVED, ip(IP)))))
                .containsExactly("2 accepted");
        fixture.observed(1, 2);
        assertThat(holder(MOVED.minusSeconds(3))).isEqualTo(Assets.vpsRef(1));
        assertThat(holder(MOVED.plusSeconds(2))).isEqualTo(Assets.vpsRef(2));
        assertThat(fixture.rows("registry_address WHERE valid_from > (SELECT min(valid_from) FROM registry_address)"))
                .as("the row that opens is the row that closes")
                .isEqualTo(1);
    }

    @Test
    void a_move_whose_receiving_half_is_refused_leaves_the_address_where_it_was() {
        RegistrationRecord outside = record(2, 2, MOVED, ip(IP), ip("203.0.113.1"));
        assertThat(fixture.verdicts(fixture.reseller(), 2, move(IP, record(1, 1, MOVED), outside)))
                .containsExactly("2 PREFIX_NOT_ASSIGNED /to/addresses/1/prefix");
        fixture.observed(1, 2);
        assertThat(holder(MOVED.plusSeconds(5))).isEqualTo(Assets.vpsRef(1));
    }

    @Test
    void an_address_that_the_asset_does_not_hold_cannot_leave_it() {
        String other = "192.0.2.99";
        assertThat(fixture.verdicts(
                        fixture.reseller(),
                        2,
                        move(other, record(1, 1, MOVED, ip(IP)), record(2, 2, MOVED, ip(other))),
                        move(
                                IP,
                                record(1, 1, LONG_AGO.minusSeconds(1)),
                                record(2, 2, LONG_AGO.minusSeconds(1), ip(IP))),
                        move(IP, record(7, 7, MOVED), record(2, 2, MOVED, ip(IP)))))
                .containsExactlyInAnyOrder(
                        "2 ADDRESS_NOT_HELD /address", "3 ADDRESS_NOT_HELD /address", "4 UNKNOWN_VPS_REF /from/vpsRef");
    }

    @Test
    void an_address_goes_along_three_assets_in_one_batch_whatever_the_order_of_its_lines() {
        Instant again = MOVED.plusSeconds(60);
        fixture.at(again);
        assertThat(fixture.verdicts(
                        fixture.reseller(),
                        2,
                        move(IP, record(2, 2, again), record(3, 3, again, ip(IP))),
                        move(IP, record(1, 1, MOVED), record(2, 2, MOVED, ip(IP)))))
                .containsExactly("2 accepted", "3 accepted");
        fixture.observed(1, 2, 3);
        assertThat(holder(MOVED.plusSeconds(30))).isEqualTo(Assets.vpsRef(2));
        assertThat(holder(again.plusSeconds(30))).isEqualTo(Assets.vpsRef(3));
    }

    @Test
    void two_moves_cannot_give_one_address_to_two_assets_at_one_instant() {
        assertThat(fixture.verdicts(
                        fixture.reseller(),
                        2,
                        move(IP, record(1, 1, MOVED), record(2, 2, MOVED, ip(IP))),
                        move(IP, record(1, 1, MOVED), record(3, 3, MOVED, ip(IP)))))
                .containsExactly("2 accepted", "3 REPEATED_IN_BATCH /from/vpsRef");
    }

    @Test
    void another_resellers_asset_neither_gives_nor_takes_an_address() {
        fixture.register(fixture.otherReseller(), 1, record(8, 8, LONG_AGO, ip("198.51.100.8")));
        assertThat(fixture.verdicts(
                        fixture.reseller(),
                        2,
                        move("198.51.100.8", record(8, 8, MOVED), record(2, 2, MOVED, ip("198.51.100.8"))),
                        move(IP, record(1, 1, MOVED), record(8, 8, MOVED, ip(IP)))))
                .containsExactly("2 FOREIGN_VPS_REF /from/vpsRef", "3 FOREIGN_VPS_REF /to/vpsRef");
    }

    private static AddressMove move(String address, RegistrationRecord from, RegistrationRecord to) {
        return AddressMove.of(ip(address), from, to, Bytes.of(new byte[32]));
    }

    /** The vpsRef that had the address then; the assets run as registered, and were told about in the last day. */
    private static String holder(Instant asked) {
        Target target =
                new Target(TargetFormat.ADDRESS, IP, Optional.empty(), Optional.empty(), new TimeWindow(asked, asked));
        Instant now = fixture.rooms().clock().instant();
        Located located =
                fixture.registry().locate(target, target.observedAt(), now.plusSeconds(60), now.plusSeconds(60));
        assertThat(located).isInstanceOf(Located.Found.class);
        return ((Located.Found) located).asset().vpsRef();
    }
}
