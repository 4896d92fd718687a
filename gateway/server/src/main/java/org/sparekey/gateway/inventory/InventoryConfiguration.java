// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.sparekey.capture.Hypervisor;
import org.sparekey.capture.image.ImageHypervisor;
import org.sparekey.capture.libvirt.LibvirtHypervisor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.parties.Parties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the room, and chooses the hypervisor's driver. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({HypervisorSettings.class, InventorySettings.class})
class InventoryConfiguration {

    @Bean
    @ConditionalOnProperty(name = "sparekey.hypervisor.driver", havingValue = "image")
    Hypervisor imageHypervisor(HypervisorSettings settings, InstantSource clock) {
        return new ImageHypervisor(settings.imageDirectory(), clock);
    }

    @Bean
    @ConditionalOnProperty(name = "sparekey.hypervisor.driver", havingValue = "libvirt")
    Hypervisor libvirtHypervisor(HypervisorSettings settings, InstantSource clock) {
        return new LibvirtHypervisor(settings.libvirtSettings(), clock);
    }

    @Bean
    Inventory inventory(
            JdbcClient jdbc,
            Optional<Hypervisor> hypervisor,
            HypervisorSettings capture,
            InventorySettings settings,
            Parties parties,
            AuditLog log,
            SecureRandom random,
            PlatformTransactionManager transactions,
            InstantSource clock) {
        ObservationTable observations = new ObservationTable(jdbc);
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        return new Inventory(
                new AssignmentTable(jdbc),
                new AddressPlanTable(jdbc),
                observations,
                new Looking(
                        Sources.of(capture, hypervisor, settings, clock),
                        new ListingTable(jdbc),
                        observations,
                        transaction),
                hypervisor,
                reseller -> parties.reseller(reseller).isPresent(),
                new ImportLog(log, random),
                transaction,
                clock);
    }

    @Bean
    ObservationRunner observationRunner(Inventory inventory, InventorySettings settings) {
        return new ObservationRunner(inventory, settings);
    }
}
