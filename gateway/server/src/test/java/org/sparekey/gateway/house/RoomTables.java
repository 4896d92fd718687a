// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A room's tables begin with its name; nobody else writes those names into SQL. */
final class RoomTables {

    private static final String ROOM =
            "(keys|auditlog|mirror|parties|edge|inventory|registry|orders|evidence|deletions|transparency|alarms|console)";
    private static final Pattern TABLE = Pattern.compile("(?<![\\w./-])" + ROOM + "_[a-z0-9_]+");
    private static final Pattern JAVA_ROOM =
            Pattern.compile("gateway/server/src/main/java/org/sparekey/gateway/(\\w+)/");
    private static final Pattern MIGRATION = Pattern.compile("/V\\d{12}__" + ROOM + "_[a-z0-9_]+\\.sql$");
    private static final Pattern MADE =
            Pattern.compile("(?i)create\\s+(?:unlogged\\s+)?table\\s+(?:if\\s+not\\s+exists\\s+)?(\\w+)");

    private RoomTables() {}

    /** The tables of other rooms that this file names. */
    static List<String> foreign(SourceFile file) {
        var room = room(file);
        var breaches = new ArrayList<String>();
        var quoted = file.java()
                ? String.join("\n", file.parts().literals())
                : file.text().replaceAll("--[^\\n]*", "");
        var table = TABLE.matcher(quoted);
        while (table.find()) {
            if (room.isPresent() && !table.group(1).equals(room.get())) {
                breaches.add(file.path() + " touches " + table.group());
            }
        }
        return List.copyOf(breaches);
    }

    /** Migrations that are not named for a room, and tables that do not bear their room's name. */
    static List<String> misnamed(SourceFile migration) {
        var room = room(migration);
        if (room.isEmpty()) {
            return List.of(migration.path() + " is not named V<yyyymmddhhmm>__<room>_<what>.sql");
        }
        var breaches = new ArrayList<String>();
        var made = MADE.matcher(migration.text());
        while (made.find()) {
            if (!made.group(1).startsWith(room.get() + "_")) {
                breaches.add(migration.path() + " makes " + made.group(1));
            }
        }
        return List.copyOf(breaches);
    }

    private static Optional<String> room(SourceFile file) {
        var match = (file.java() ? JAVA_ROOM : MIGRATION).matcher(file.path());
        return match.find() ? Optional.of(match.group(1)) : Optional.empty();
    }
}
