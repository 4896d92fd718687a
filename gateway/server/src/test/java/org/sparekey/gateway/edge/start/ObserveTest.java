// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class ObserveTest {

    @Test
    void a_gateway_that_only_observes_is_given_no_place_for_evidence() {
        var environment =
                new MockEnvironment().withProperty("sparekey.evidence.directory", "/var/lib/sparekey/evidence");
        assertThat(Guarantees.captureRight(environment)).isPresent();
        assertThat(Guarantees.captureRight(new MockEnvironment())).isEmpty();
    }
}
