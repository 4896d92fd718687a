// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.record;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
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
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.protocol.registration.ReceiptCheck;
import org.springframework.transaction.PlatformTransactionManager;

/** The process dies inside a registration; the reseller sends his batch again and gets one receipt of one effect. */
class RegistryCrashTest {

    private static final String KEY = "key-of-a-batch-sent-twice";

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
    @ValueSource(strings = {"registry.appended", "registry.storing", "registry.decided"})
    void a_crash_inside_a_registration_leaves_all_of_it_or_nothing_and_the_batch_is_taken_once(String place) {
        byte[] batch = RegistryFixture.bytes(fixture.batch(fixture.reseller(), 1, record(1, 1, LONG_AGO)));
        assertThatThrownBy(() -> dying(place)
                        .register(RegistryFixture.caller(fixture.reseller()), new ByteArrayInputStream(batch), KEY))
                .isInstanceOf(Death.class);
        boolean committed = place.equals("registry.decided");
        assertThat(fixture.rooms().entries(ReceiptCheck.ENTRY_TYPE)).isEqualTo(committed ? 1 : 0);

        Registration again = fixture.send(fixture.reseller(), batch, KEY);

        assertThat(again).isInstanceOf(Registration.Receipted.class);
        assertThat(fixture.rooms().entries(ReceiptCheck.ENTRY_TYPE)).isEqualTo(1);
        assertThat(fixture.registry()
                        .view(RegistryFixture.caller(fixture.reseller()))
                        .batches())
                .hasSize(1);
        fixture.at(LONG_AGO.plusSeconds(60));
        fixture.register(fixture.reseller(), 2, record(2, 2, LONG_AGO.plusSeconds(30)));
        assertThat(fixture.rooms().entries(ReceiptCheck.ENTRY_TYPE)).isEqualTo(2);
        assertThat(fixture.rooms().bean(AuditLog.class).stopped()).isEmpty();
    }

    /** The room once more, on the same tables. */
    private Registry dying(String place) {
        Rooms rooms = fixture.rooms();
        Failpoint failpoint = name -> {
            if (name.equals(place)) {
                Death.Walk.to(0).reached(name);
            }
        };
        return new RegistryConfiguration()
                .registry(
                        rooms.jdbc(),
                        rooms.bean(Parties.class),
                        rooms.bean(Inventory.class),
                        rooms.bean(Idempotency.class),
                        rooms.bean(RefusalEntries.class),
                        rooms.bean(AuditLog.class),
                        rooms.bean(PlatformTransactionManager.class),
                        rooms.bean(InstantSource.class),
                        rooms.bean(SecureRandom.class),
                        failpoint);
    }
}
