// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.registry.Assets.CLUSTER;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.OTHER;
import static org.sparekey.gateway.registry.Assets.RESELLER;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.registry.Assets.Scene;
import org.sparekey.gateway.registry.LocateDecisions.Decision;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.TargetFormat;

/** Whose the hoster's own tables say that something was. */
class LocateDecisionsTest {

    private static final Question QUESTION = Scene.certain().question();
    private static final Instant SOON = QUESTION.last().plus(Duration.ofMillis(1));

    @Test
    void whoever_rented_at_some_instant_of_the_window_is_a_landlord_and_nobody_before_or_after() {
        assertThat(landlords(prefix(QUESTION.last(), Optional.empty()))).hasSize(1);
        assertThat(landlords(prefix(SOON, Optional.empty()))).isEmpty();
        assertThat(landlords(prefix(LONG_AGO, Optional.of(QUESTION.first().plus(Duration.ofMillis(1))))))
                .hasSize(1);
        assertThat(landlords(prefix(LONG_AGO, Optional.of(QUESTION.first())))).isEmpty();
    }

    @Test
    void a_prefix_speaks_before_every_place() {
        Assignment prefix = prefix(LONG_AGO, Optional.empty());
        assertThat(landlords(
                        place(Assignment.Kind.SERVER, "node1", OTHER),
                        prefix,
                        place(Assignment.Kind.PORT, "sw1/1", OTHER)))
                .containsExactly(prefix);
    }

    @Test
    void of_one_name_the_server_speaks_before_the_port_and_of_two_names_both_do() {
        Assignment server = place(Assignment.Kind.SERVER, "node1", RESELLER);
        Assignment port = place(Assignment.Kind.PORT, "node1", OTHER);
        Assignment elsewhere = place(Assignment.Kind.PORT, "sw1/2", OTHER);
        assertThat(landlords(server, port)).containsExactly(server);
        assertThat(landlords(server, port, elsewhere)).containsExactly(server, elsewhere);
        assertThat(landlords(port)).containsExactly(port);
    }

    @Test
    void a_machine_is_certain_only_where_every_place_of_it_is_its_resellers() {
        Scene byUuid = Scene.certain()
                .observed(Assets.guest(1, LONG_AGO, Assets.NOW))
                .asking(Assets.target(TargetFormat.UUID, Assets.uuid(1) + "@" + CLUSTER));
        Decision his =
                byUuid.rented(place(Assignment.Kind.SERVER, "node1", RESELLER)).decide();
        assertThat(his).isInstanceOf(Decision.Found.class);
        assertThat(his.verdict().grade()).isEqualTo(Grade.CERTAIN);
        Decision nobodys =
                byUuid.rented(place(Assignment.Kind.SERVER, "node1", OTHER)).decide();
        assertThat(nobodys).isNotInstanceOf(Decision.Found.class);
    }

    @Test
    void an_address_of_a_machine_without_a_prefix_of_its_own_is_never_certain() {
        Decision probable = Scene.certain()
                .rented(place(Assignment.Kind.SERVER, "node1", RESELLER))
                .decide();
        assertThat(probable.verdict().grade()).isEqualTo(Grade.PROBABLE);
    }

    private static List<Assignment> landlords(Assignment... all) {
        return LocateDecisions.landlords(QUESTION, List.of(all));
    }

    private static Assignment prefix(Instant from, Optional<Instant> to) {
        return new Assignment(Assignment.Kind.PREFIX, "192.0.2.0/24", RESELLER, from, to, LONG_AGO);
    }

    private static Assignment place(Assignment.Kind kind, String name, PartyId reseller) {
        return new Assignment(kind, name, reseller, LONG_AGO, Optional.empty(), LONG_AGO);
    }
}
