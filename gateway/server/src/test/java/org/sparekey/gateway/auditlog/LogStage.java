// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A log on a real database, for the tests of those who follow it. */
public final class LogStage {

    private final LogFixture fixture;
    private AuditLog log;

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

    /** The database is gone; what is outside it, published files and guard, stays. The log comes up on an empty one. */
    public void lose() {
        fixture.lose();
        log = fixture.start();
    }

    /** What two officers' word does after a rebuild: the note that keeps the stop beyond a restart is taken away. */
    public void resume() {
        try (Stream<Path> files = Files.list(fixture.guards)) {
            for (Path note :
                    files.filter(file -> file.toString().endsWith(".stopped")).toList()) {
                Files.delete(note);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log = fixture.start();
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
        Arrays.fill(words, "Jan Jansen lives at 192.0.2.7");
        publish(LogName.CASE, words);
    }
}
