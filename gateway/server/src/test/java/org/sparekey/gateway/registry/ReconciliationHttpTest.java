// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.protocol.coverage.ReconciliationView;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.testkit.world.Cast;

/** Over real HTTPS: every answer is signed and held against openapi.yaml by the client. */
class ReconciliationHttpTest {

    private static final GatewayFixture GATEWAY = GatewayFixture.shared();

    private final Cast cast = GATEWAY.world().cast();

    @Test
    void a_reseller_reads_his_own_picture_and_all_that_is_held_about_him() {
        SignedClient reseller = GATEWAY.client(cast.reseller());
        GATEWAY.bean(Reconciliation.class).step();
        Reply view = reseller.get("/v1/reconciliation");
        assertThat(view.status()).isEqualTo(200);
        assertThat(view.json(ReconciliationView.class).reseller()).isEqualTo(Cast.RESELLER);
        Reply dump = reseller.get("/v1/registry-dump");
        assertThat(dump.status()).isEqualTo(200);
        assertThat(dump.text().lines())
                .allMatch(line -> line.startsWith("{\"held\":\""))
                .anyMatch(line -> line.startsWith("{\"held\":\"reseller\""));
        assertThat(GATEWAY.client(cast.otherReseller()).get("/v1/registry-dump").text())
                .doesNotContain("\"id\":\"" + Cast.RESELLER + "\"");
    }

    @Test
    void nobody_but_a_reseller_looks() {
        for (String path : new String[] {"/v1/reconciliation", "/v1/registry-dump"}) {
            assertThat(GATEWAY.client(cast.investigator()).get(path).problem()).isEqualTo(Problem.FORBIDDEN);
            assertThat(GATEWAY.client(cast.officer1()).get(path).problem()).isEqualTo(Problem.FORBIDDEN);
        }
    }
}
