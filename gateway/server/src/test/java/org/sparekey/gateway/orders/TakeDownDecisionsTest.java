// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparekey.protocol.order.Measure;
import org.sparekey.protocol.order.OfficerRecord.Means;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.Secrecy;

class TakeDownDecisionsTest {

    @ParameterizedTest
    @CsvSource({
        "NOTICE_TO_RESELLER, OPEN, false, false, true",
        "NOTICE_TO_RESELLER, SECRET, true, false, true",
        "NOTICE_TO_RESELLER, SECRET, false, false, false",
        "NOTICE_TO_RESELLER, SECRET, false, true, false",
        "BLOCK_ADDRESS, OPEN, false, false, false",
        "BLOCK_ADDRESS, OPEN, false, true, true",
        "BLOCK_ADDRESS, SECRET, true, false, false",
        "BLOCK_ADDRESS, SECRET, true, true, true",
        "BLOCK_ADDRESS, SECRET, false, false, true",
        "ISOLATE_GUEST, OPEN, true, true, false",
        "ISOLATE_GUEST, SECRET, false, true, false"
    })
    void the_least_means_comes_first_and_nobody_is_tipped_off(
            Means means, String mode, boolean resellerMayKnow, boolean noticed, boolean may) {
        Secrecy secrecy = new Secrecy(mode, Optional.empty(), resellerMayKnow);
        TakeDownDecisions.Tried tried = new TakeDownDecisions.Tried(noticed, false);

        assertThat(TakeDownDecisions.refused(means, order(secrecy, Optional.empty()), tried)
                        .isEmpty())
                .isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource({"false, false, false", "false, true, false", "true, false, false", "true, true, true"})
    void a_machine_is_taken_off_the_net_only_where_the_order_says_so_and_a_block_did_not_help(
            boolean said, boolean blocked, boolean may) {
        Optional<Measure> measure = said ? Optional.of(Measure.ISOLATE_GUEST) : Optional.empty();
        OrderDocument order = order(new Secrecy("SECRET", Optional.empty(), false), measure);

        assertThat(TakeDownDecisions.refused(Means.ISOLATE_GUEST, order, new TakeDownDecisions.Tried(true, blocked))
                        .isEmpty())
                .isEqualTo(may);
        assertThat(TakeDownDecisions.handDue(order, new TakeDownDecisions.Tried(true, blocked)))
                .isEqualTo(may);
    }

    private static OrderDocument order(Secrecy secrecy, Optional<Measure> measure) {
        OrderDocument order = Drafted.as(OrderKind.TAKE_DOWN).document();
        Scope scope = order.scope();
        return new Altered(order)
                .secrecy(secrecy)
                .scope(new Scope(scope.categories(), scope.from(), scope.to(), scope.exclusions(), false, measure))
                .document();
    }
}
