// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A log on a real database, for the tests of those who follow it. */
public final class LogStage {

    private final LogFixture fixture;
    private final AuditLog log;

    public LogStage(Path root) {
        this.fixture = new LogFixture(root);
        this.log = fixture.start();
    }

    public AuditLog log() {
        return log;
    }

    public JdbcClient app() {
        return fixture.jdbc(fixture.access.app());
    }

    /** Appends entries with payloads of these words and publishes them under one checkpoint. */
    public void publish(LogName name, String... words) {
        fixture.transaction().executeWithoutResult(status -> {
            for (String word : words) {
                log.append(new Statement(
                        name,
                        "order.received",
                        Actor.GATEWAY,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        word.getBytes(StandardCharsets.UTF_8)));
            }
        });
        LogFixture.all(log);
    }

    public void publish(int count) {
        String[] words = new String[count];
        java.util.Arrays.fill(words, "Jan Jansen lives at 192.0.2.7");
        publish(LogName.CASE, words);
    }
}
