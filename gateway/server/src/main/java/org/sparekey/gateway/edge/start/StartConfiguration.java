// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.start;

import java.util.List;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.TimeStamping;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.parties.Parties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Wires the checks of the start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewaySettings.class)
class StartConfiguration {

    @Bean
    StartCheck startCheck(
            GatewaySettings settings,
            Keys keys,
            Parties parties,
            AuditLog log,
            TimeStamping time,
            ApplicationContext context,
            ConfigurableEnvironment environment) {
        List<String> complaints = settings.complaints();
        if (!complaints.isEmpty()) {
            throw new StartupRefused(complaints);
        }
        return new StartCheck(settings, keys, parties, new Guarantees.Provable(log, time), context, environment);
    }
}
