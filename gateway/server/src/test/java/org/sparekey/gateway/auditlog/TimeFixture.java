// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.sparekey.protocol.json.Digest;
import org.sparekey.testkit.pki.KeyFiles;
import org.sparekey.testkit.tsa.TestTsa;

/** A log, an authority that can be away, and a clock that both read; {@link #start} is the gateway coming up again. */
final class TimeFixture implements AutoCloseable {

    static final Duration HOUR = Duration.ofHours(1);

    final LogFixture fixture;
    final TestTsa tsa;
    final Path roots;
    private volatile Instant now = LogFixture.NOW;
    private volatile Duration behind = Duration.ZERO;

    TimeFixture(Path root) {
        this.fixture = new LogFixture(root);
        this.roots = root.resolve("tsa.pem");
        try {
            this.tsa = TestTsa.start(() -> now.minus(behind), new SecureRandom());
            KeyFiles.certificates(roots, List.of(tsa.root()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Instant now() {
        return now;
    }

    /** By how much the authority's clock is behind ours. */
    void behind(Duration difference) {
        behind = difference;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    TimeStamping start(AuditLog log) {
        return start(log, name -> {});
    }

    TimeStamping start(AuditLog log, Failpoint failpoint) {
        return start(log, settings(), failpoint);
    }

    TimeStamping start(AuditLog log, TimeSettings settings, Failpoint failpoint) {
        InstantSource clock = this::now;
        return new TimeStamping(
                log, fixture.app(), fixture.transaction(), settings, clock, new SecureRandom(), failpoint);
    }

    TimeSettings settings() {
        return new TimeSettings(tsa.location(), roots, null, HOUR, false);
    }

    /** Appends one entry to the case log, publishes it, and gives the digest of the checkpoint. */
    Digest grow(AuditLog log) {
        fixture.append(log, LogFixture.statement("at " + now));
        return publish(log);
    }

    static Digest publish(AuditLog log) {
        LogFixture.all(log);
        return Digest.sha256(log.checkpoint(LogName.CASE).orElseThrow());
    }

    static void all(TimeStamping time) {
        while (time.step()) {
            // until nothing is due
        }
    }

    @Override
    public void close() {
        tsa.close();
    }
}
