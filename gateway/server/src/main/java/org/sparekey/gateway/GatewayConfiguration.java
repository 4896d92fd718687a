// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock and the one source of randomness of the process; every room takes them from here. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    @Bean
    @ConditionalOnMissingBean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    @ConditionalOnMissingBean
    SecureRandom random() {
        return new SecureRandom();
    }
}
