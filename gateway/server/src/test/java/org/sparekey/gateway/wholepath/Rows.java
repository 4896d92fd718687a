// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparekey.testkit.Database;

/** What every table of a gateway holds, as one digest for each, so that two moments can be compared. */
final class Rows {

    private Rows() {}

    /** All tables but those of these prefixes. */
    static Map<String, String> except(Database.Access database, String... prefixes) {
        Map<String, String> digests = new TreeMap<>();
        try (Connection connection = database.connect(database.superuser());
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                if (List.of(prefixes).stream().noneMatch(table::startsWith)) {
                    digests.put(table, digest(statement, table));
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return digests;
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static String digest(Statement statement, String table) throws SQLException {
        String all = "SELECT count(*) || ' ' || coalesce(md5(string_agg(r::text, '|' ORDER BY r::text)), '') FROM "
                + table + " r";
        try (ResultSet row = statement.executeQuery(all)) {
            row.next();
            return row.getString(1);
        }
    }
}
