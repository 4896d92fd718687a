// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.RESELLER;
import static org.sparekey.gateway.registry.Assets.record;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.gateway.Rooms;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.fixture.Death;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.keys.Keys;
import org.springframework.transaction.PlatformTransactionManager;

/** The process dies while a day is signed; the day is signed once, and its notice is given once. */
class ReconciliationCrashTest {

    @TempDir
    private Path directory;

    private RegistryFixture fixture;

    @BeforeEach
    void begin() {
        fixture = new RegistryFixture(directory);
        fixture.begin();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.compared", "registry.coverage-signed"})
    void a_crash_around_the_signing_of_a_day_leaves_one_certificate_and_one_notice(String place) {
        fixture.register(fixture.reseller(), 1, record(1, 1, LONG_AGO));
        // Another guest is listed, and the cluster with it: what is registered and not there is a ghost.
        fixture.at(LONG_AGO.plusSeconds(60));
        fixture.observed(2);
        fixture.rooms().bean(Reconciliation.class).step();
        fixture.at(LONG_AGO.plus(Duration.ofDays(1)));
        fixture.observed(2);

        assertThatThrownBy(() -> dying(place).step()).isInstanceOf(Death.class);
        assertThat(fixture.rooms().entries("coverage.signed")).isZero();
        fixture.at(LONG_AGO.plus(Duration.ofDays(1)).plusSeconds(1));
        fixture.rooms().bean(Reconciliation.class).step();
        fixture.at(LONG_AGO.plus(Duration.ofDays(1)).plusSeconds(2));
        fixture.rooms().bean(Reconciliation.class).step();

        assertThat(fixture.rooms().entries("coverage.signed")).isEqualTo(1);
        assertThat(fixture.rooms().entries("coverage.notice")).isEqualTo(1);
        assertThat(fixture.rooms().bean(Reconciliation.class).view(RESELLER).certificates())
                .hasSize(1);
        assertThat(fixture.rooms().bean(Reconciliation.class).view(RESELLER).notices())
                .hasSize(1);
    }

    /** The room once more, on the same tables. */
    private Reconciliation dying(String place) {
        Rooms rooms = fixture.rooms();
        Failpoint failpoint = name -> {
            if (name.equals(place)) {
                Death.Walk.to(0).reached(name);
            }
        };
        return new ReconciliationConfiguration()
                .reconciliation(
                        rooms.jdbc(),
                        rooms.bean(Inventory.class),
                        rooms.bean(AuditLog.class),
                        rooms.bean(Keys.class),
                        rooms.bean(PlatformTransactionManager.class),
                        rooms.bean(InstantSource.class),
                        rooms.bean(SecureRandom.class),
                        failpoint);
    }
}
