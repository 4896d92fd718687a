// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of {@code virsh qemu-monitor-event --timestamp}. */
record MonitorEvent(Instant time, String name, String domain, String details) {

    private static final Pattern LINE = Pattern.compile("(\\S+ \\S+): event (\\S+) for domain '(.*)': (.*)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSxx", Locale.ROOT);

    static Optional<MonitorEvent> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MonitorEvent(
                    OffsetDateTime.parse(matcher.group(1), TIME).toInstant(),
                    matcher.group(2),
                    matcher.group(3),
                    matcher.group(4)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean pause() {
        return name.equals("STOP") || name.equals("RESUME");
    }

    boolean ioError() {
        return name.equals("BLOCK_IO_ERROR");
    }

    /** A change of the backup job that reads one disk. */
    boolean backup(String guest, String target, String status) {
        return name.equals("JOB_STATUS_CHANGE")
                && domain.equals(guest)
                && details.contains("\"status\":\"" + status + "\"")
                && details.contains("\"id\":\"backup-" + target + "-");
    }
}
