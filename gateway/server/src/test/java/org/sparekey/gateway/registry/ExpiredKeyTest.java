// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.record;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.registration.BatchReceipt;

/** A lifetime passes here: a log of its own, because its clock never goes back. */
class ExpiredKeyTest {

    @TempDir
    Path directory;

    @Test
    void a_batch_whose_key_expired_meanwhile_gets_its_stored_answer_and_nothing_new_by_that_key() {
        RegistryFixture fixture = new RegistryFixture(directory);
        fixture.begin();
        byte[] batch = RegistryFixture.bytes(fixture.batch(fixture.reseller(), 1, record(1, 1, LONG_AGO)));
        byte[] next = RegistryFixture.bytes(fixture.batch(fixture.reseller(), 2, record(2, 2, LONG_AGO)));
        BatchReceipt first = receipt(fixture.send(fixture.reseller(), batch));
        fixture.at(LONG_AGO.plus(Duration.ofDays(40_000)));
        BatchReceipt again = receipt(fixture.send(fixture.reseller(), batch, "another-key"));
        assertThat(again.batchId()).isEqualTo(first.batchId());
        assertThat(again.leafHash()).isEqualTo(first.leafHash());
        assertRefused(fixture.send(fixture.otherReseller(), batch), Problem.DOCUMENT_REFUSED);
        assertRefused(fixture.send(fixture.reseller(), next), Problem.DOCUMENT_REFUSED);
        fixture.close();
    }

    private static BatchReceipt receipt(Registration registration) {
        assertThat(registration).isInstanceOf(Registration.Receipted.class);
        return ((Registration.Receipted) registration).receipt();
    }

    private static void assertRefused(Registration registration, Problem problem) {
        assertThat(registration)
                .isInstanceOfSatisfying(
                        Registration.Refused.class,
                        refused -> assertThat(refused.problem()).isEqualTo(problem));
    }
}
