// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.ip;
import static org.sparekey.gateway.registry.Assets.record;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.PartyOfRecord;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.IpPrefix;

/** A prefix that one reseller passed on to another. */
class PassedOnTest {

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
    void passOn() {
        fixture.begin();
        String csv = "kind,value,reseller,from,to,via\r\nPREFIX,192.0.2.0/28,%s,%s,,%s\r\n"
                .formatted(Assets.OTHER.value(), Wire.text(LONG_AGO.minusSeconds(3_600)), Assets.RESELLER.value());
        assertThat(fixture.inventory().importAssignments(csv.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Imported.Done(1));
    }

    @Test
    void is_registered_by_him_who_has_it_and_not_by_him_who_passed_it_on() {
        assertThat(code(fixture.register(fixture.reseller(), 1, record(1, 1, LONG_AGO, ip("192.0.2.7")))))
                .contains("PREFIX_NOT_ASSIGNED");
        assertThat(code(fixture.register(fixture.reseller(), 2, record(2, 2, LONG_AGO, ip("192.0.2.0/24")))))
                .contains("PREFIX_NOT_ASSIGNED");
        assertThat(code(fixture.register(fixture.reseller(), 3, record(3, 3, LONG_AGO, ip("192.0.2.77")))))
                .isEmpty();
        assertThat(code(fixture.register(fixture.otherReseller(), 1, record(4, 4, LONG_AGO, ip("192.0.2.7")))))
                .isEmpty();
    }

    @Test
    void has_one_landlord_and_a_chain_that_names_both() {
        IpPrefix address = IpPrefix.parse("192.0.2.7");
        assertThat(fixture.inventory().landlord(address, LONG_AGO)).contains(Assets.OTHER);
        assertThat(fixture.inventory().landlord(IpPrefix.parse("192.0.2.77"), LONG_AGO))
                .contains(Assets.RESELLER);
        assertThat(fixture.inventory().chain(address, LONG_AGO, LONG_AGO))
                .extracting(Assignment::reseller)
                .containsExactly(Assets.RESELLER, Assets.OTHER);
    }

    @Test
    void is_answered_with_every_hand_it_went_through() {
        fixture.register(fixture.otherReseller(), 1, record(4, 4, LONG_AGO, ip("192.0.2.7")));
        assertThat(names(answer("192.0.2.7"))).containsExactly("Palmstrand VPS Ltd", "Duinrand Cloud B.V.");
        assertThat(answer("192.0.2.7").partyOfRecord().map(PartyOfRecord::legalName))
                .contains("Duinrand Cloud B.V.");
        assertThat(names(answer("192.0.2.77"))).isEmpty();
    }

    @Test
    void a_machine_on_the_switch_port_of_another_is_refused() {
        fixture.imported(
                "PORT,switch-1.7,%s,%s,".formatted(Assets.OTHER.value(), Wire.text(LONG_AGO.minusSeconds(3_600))));
        assertThat(code(fixture.register(
                        fixture.reseller(), 1, Assets.onNode(record(5, 5, LONG_AGO, ip("192.0.2.99")), "switch-1.7"))))
                .contains("FOREIGN_ASSET");
    }

    private static Answer answer(String address) {
        Target target = Assets.target(address);
        return fixture.registry()
                .locate(target, target.observedAt(), Assets.NOW, Assets.NOW)
                .answer();
    }

    private static List<String> names(Answer answer) {
        return answer.chain().stream().map(PartyOfRecord::legalName).toList();
    }

    private static Optional<String> code(BatchReceipt receipt) {
        return receipt.verdicts().get(0).code();
    }
}
