// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.Digest;
import org.sparekey.testkit.tsa.Conduct;

@Timeout(120)
class TimeStampRunnerTest {

    private static final Digest MANIFEST = Digest.sha256("a manifest".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path root;

    private TimeFixture hour;
    private AuditLog log;

    @BeforeEach
    void start() {
        hour = new TimeFixture(root);
        log = hour.fixture.start();
    }

    @AfterEach
    void stop() {
        hour.close();
    }

    @Test
    void a_question_is_taken_to_the_authority_as_soon_as_its_transaction_is_committed() throws InterruptedException {
        CountDownLatch stored = new CountDownLatch(1);
        TimeStamping time = hour.start(log, name -> {
            if (name.equals("time.stored")) {
                stored.countDown();
            }
        });
        TimeStampRunner runner = new TimeStampRunner(time, running(true));
        runner.start();
        hour.fixture.transaction().executeWithoutResult(status -> time.ask(MANIFEST));
        stored.await();
        runner.stop();
        assertThat(time.token(MANIFEST)).isPresent();
    }

    @Test
    void a_gateway_that_stops_hangs_up_on_an_authority_that_never_answers() throws InterruptedException {
        hour.tsa.conduct(Conduct.SILENCE);
        TimeStamping time = hour.start(log);
        TimeStampRunner runner = new TimeStampRunner(time, running(true));
        time.ask(MANIFEST);
        runner.start();
        hour.tsa.awaitUnanswered();
        runner.stop();
        assertThat(time.state().fault()).contains("UNREACHABLE");
        assertThat(time.state().waiting()).isEqualTo(1);
    }

    @Test
    void switched_off_it_takes_no_step() {
        TimeStampRunner runner = new TimeStampRunner(hour.start(log), running(false));
        runner.start();
        assertThat(runner.isRunning()).isFalse();
    }

    private TimeSettings running(boolean run) {
        return new TimeSettings(hour.tsa.location(), hour.roots, null, TimeFixture.HOUR, run);
    }
}
