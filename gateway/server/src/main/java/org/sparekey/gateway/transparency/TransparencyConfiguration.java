// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.TimeStamping;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.parties.Parties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the room. */
@Configuration(proxyBeanMethods = false)
class TransparencyConfiguration {

    @Bean
    BundleDesk bundleDesk(
            AuditLog log, TimeStamping time, Parties parties, Keys keys, InstantSource clock, SecureRandom random) {
        return new BundleDesk(
                log,
                new KeyLeaves(log),
                new ClaimedTrust(parties, keys, log, time.roots()),
                new CaseStamps(time),
                new CaseAnchors(log),
                keys.manifest(),
                clock,
                random);
    }
}
