// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.tree.NoteSigner;

class ForkGuardTest {

    private static final int WITNESSES = 8;
    private static final int ROUNDS = 50;

    @TempDir
    Path directory;

    @Test
    void several_witnesses_that_tell_of_a_restored_log_at_once_stop_it() throws Exception {
        byte[] seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        NoteSigner signer = new NoteSigner("log.hoster.example/log/case/2026", seed);
        ForkGuard guard = new ForkGuard(directory, LogName.CASE, signer.key());
        try (ExecutorService witnesses = Executors.newFixedThreadPool(WITNESSES)) {
            for (int round = 0; round < ROUNDS; round++) {
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> told = new ArrayList<>();
                for (int n = 0; n < WITNESSES; n++) {
                    told.add(witnesses.submit(() -> {
                        start.await();
                        guard.keepStopped(StopReason.RESTORED_BEHIND_LOG);
                        return null;
                    }));
                }
                start.countDown();
                for (Future<?> each : told) {
                    each.get();
                }
                assertThat(guard.keptStopped()).contains(StopReason.RESTORED_BEHIND_LOG);
                guard.resume();
                assertThat(guard.keptStopped()).isEmpty();
            }
        }
    }
}
