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
            Parties parties,
            AuditLog log,
            SecureRandom random,
            PlatformTransactionManager transactions,
            InstantSource clock) {
        return new Inventory(
                new AssignmentTable(jdbc),
                new AddressPlanTable(jdbc),
                new ObservationTable(jdbc),
                hypervisor,
                reseller -> parties.reseller(reseller).isPresent(),
                new ImportLog(log, random),
                new TransactionTemplate(transactions),
                clock);
    }

    @Bean
    ObservationRunner observationRunner(Inventory inventory, InventorySettings settings) {
        return new ObservationRunner(inventory, settings);
    }
}
