// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparekey.protocol.order.OfficerRecord.Means;
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

        assertThat(TakeDownDecisions.refused(means, secrecy, noticed).isEmpty()).isEqualTo(may);
    }
}
