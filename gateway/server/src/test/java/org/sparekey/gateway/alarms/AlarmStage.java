// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.FollowedLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.TimeState;
import org.sparekey.gateway.mirror.MirrorFacts;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;

/** The room on a real log and database, with a channel that a test can close. */
final class AlarmStage {

    final FollowedLog followed;
    final Ear ear = new Ear();
    private final Path spool;
    TimeState time = new TimeState(true, 0, Optional.empty(), Optional.empty(), Optional.empty());
    List<MirrorFacts> mirrors = List.of();
    Alarms alarms;

    AlarmStage(Path root) {
        this.followed = new FollowedLog(root);
        this.spool = root.resolve("spool");
        this.alarms = open(followed.log());
    }

    static AlarmSettings settings() {
        return new AlarmSettings(
                false,
                Duration.ofSeconds(2),
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                2,
                Duration.ofHours(1),
                List.of(),
                null);
    }

    Alarms open(AuditLog log) {
        return open(log, List.of(ear));
    }

    Alarms open(AuditLog log, List<Channel> channels) {
        return AlarmsConfiguration.open(
                log,
                () -> time,
                () -> mirrors,
                settings(),
                spool,
                channels,
                followed.app(),
                followed.transactions(),
                followed.clock(),
                new SecureRandom());
    }

    /** A gateway that starts again. */
    void restart() {
        alarms = open(followed.restart());
    }

    Path spoolDirectory() {
        return spool;
    }

    Spool spool() {
        return new Spool(spool);
    }

    void step() {
        alarms.step();
    }

    void register(int entries) {
        for (int n = 0; n < entries; n++) {
            followed.of(LogName.REGISTRY, "registration.accepted", Actor.GATEWAY, Map.of("n", "n" + n));
        }
        followed.publish();
    }

    /** Twice is as it was. */
    void flipAByteOfAnOldEntry() {
        followed.criminal().sql("""
                ALTER TABLE auditlog_entry DISABLE TRIGGER ALL;
                UPDATE auditlog_entry SET bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1)
                WHERE origin LIKE '%/registry/%' AND leaf_index = 2;
                ALTER TABLE auditlog_entry ENABLE TRIGGER ALL
                """).update();
    }

    /** What the log says about alarms, oldest first, as {@code opened log-stopped}. */
    List<String> entered() {
        followed.publish();
        List<String> entered = new ArrayList<>();
        for (EntryText text : followed.log().from(LogName.CASE, 0, 10_000)) {
            LogEntry entry = parse(text);
            if (entry.type().startsWith("alarm.")) {
                entered.add(entry.type().substring("alarm.".length()) + " "
                        + entry.clear().get("kind"));
            }
        }
        return entered;
    }

    private static LogEntry parse(EntryText text) {
        try {
            return LogEntry.parse(text.bytes());
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** Somebody who listens, unless he is away. */
    static final class Ear implements Channel {

        final List<String> heard = new ArrayList<>();
        final List<String> subjects = new ArrayList<>();
        boolean away;

        @Override
        public String name() {
            return "ear";
        }

        @Override
        public void send(Notice notice) throws IOException {
            if (away) {
                throw new IOException("nobody listens");
            }
            heard.add(notice.change() + " " + notice.kind());
            subjects.add(notice.subject());
        }
    }
}
