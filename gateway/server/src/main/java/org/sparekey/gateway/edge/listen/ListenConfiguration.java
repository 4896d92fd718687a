// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.listen;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import org.sparekey.gateway.edge.start.GatewaySettings;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.keys.KeysSettings;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.json.Digest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the listeners. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ListenConfiguration {

    /** Handshakes refused because their key is not enrolled: a metric and nothing else, or strangers would fill the log. */
    static final String UNENROLLED = "sparekey.edge.unenrolled";

    @Bean
    Ports ports() {
        return new Ports();
    }

    /** The parties are asked late: listeners are made before the database is there. */
    @Bean
    Connectors connectors(
            GatewaySettings settings,
            KeysSettings keys,
            ObjectProvider<Parties> parties,
            ObjectProvider<MeterRegistry> metrics,
            SecureRandom random,
            Ports ports) {
        EnrolledTrust trust = new EnrolledTrust(keyId -> accepts(keyId, parties, metrics));
        return new Connectors(settings, Keys.tls(keys), trust, random, ports);
    }

    private static boolean accepts(
            Digest keyId, ObjectProvider<Parties> parties, ObjectProvider<MeterRegistry> metrics) {
        boolean enrolled = parties.getObject().tlsKey(keyId).isPresent();
        if (!enrolled) {
            metrics.ifAvailable(registry -> registry.counter(UNENROLLED).increment());
        }
        return enrolled;
    }
}
