// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock and the one random source; everything else has them injected. Tests put a {@code @Primary} bean in front. */
@Configuration(proxyBeanMethods = false)
class Sources {

    @Bean
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }
}
