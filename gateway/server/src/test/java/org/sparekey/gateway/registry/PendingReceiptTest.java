// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.record;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.ReceiptCheck;
import org.sparekey.protocol.registration.ReceiptCheck.Outcome;
import org.sparekey.protocol.registration.RegistrationBatch;
import org.sparekey.protocol.tree.NoteKey;

class PendingReceiptTest {

    @TempDir
    Path directory;

    @Test
    void while_the_log_stands_still_a_receipt_is_pending_and_proven_once_it_goes_on() throws Exception {
        try (RegistryFixture fixture = new RegistryFixture(directory, false)) {
            AuditLog log = fixture.rooms().bean(AuditLog.class);
            NoteKey key = NoteKey.parse(log.vkey(LogName.REGISTRY));
            RegistrationBatch batch = fixture.batch(fixture.reseller(), 1, record(1, 1, LONG_AGO));
            Registration sent = fixture.send(fixture.reseller(), RegistryFixture.bytes(batch));
            BatchReceipt pending = ((Registration.Receipted) sent).receipt();
            assertThat(ReceiptCheck.check(pending, batch, key)).isEqualTo(Outcome.PENDING);

            assertThat(log.stepper().step()).isTrue();
            BatchReceipt later = fixture.registry()
                    .receipt(RegistryFixture.caller(fixture.reseller()), pending.batchId())
                    .orElseThrow();
            assertThat(later.leafHash()).isEqualTo(pending.leafHash());
            assertThat(ReceiptCheck.check(later, batch, key)).isEqualTo(Outcome.PROVEN);
        }
    }
}
