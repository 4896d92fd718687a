// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the room. */
@Configuration(proxyBeanMethods = false)
class PartiesConfiguration {

    @Bean
    Parties parties(JdbcClient jdbc, InstantSource clock) {
        return new Parties(new PartyTable(jdbc), new KeyTable(jdbc), clock);
    }

    @Bean
    Idempotency idempotency(JdbcClient jdbc, InstantSource clock) {
        return new Idempotency(jdbc, clock);
    }
}
