// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.deletion.BulkList;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many machines each party terminates in a day, and what goes beyond the usual number. */
final class BulkTable {

    private final JdbcClient jdbc;

    BulkTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param tally this one included */
    record Day(int tally, String group) {}

    /** Counts one more. Two at one moment wait for each other here, so that neither slips past the number. */
    Day count(PartyId requester, LocalDate day, String group) {
        return jdbc.sql("""
                INSERT INTO deletions_day (requester, day, tally, bulk_group) VALUES (:requester, :day, 1, :group)
                ON CONFLICT (requester, day) DO UPDATE SET tally = deletions_day.tally + 1
                RETURNING tally, bulk_group
                """)
                .param("requester", requester.value())
                .param("day", Date.valueOf(day))
                .param("group", group)
                .query((row, n) -> new Day(row.getInt("tally"), row.getString("bulk_group")))
                .single();
    }

    void waits(DeletionId id, String group) {
        jdbc.sql("UPDATE deletions_deletion SET bulk_group = :group WHERE deletion_id = :id")
                .param("group", group)
                .param("id", id.code())
                .update();
    }

    /** Lets these of the group through. @return how many of them waited */
    int approve(String group, Collection<String> deletions, Instant now) {
        return jdbc.sql("""
                UPDATE deletions_deletion SET bulk_approved_at = :now
                WHERE bulk_group = :group AND bulk_approved_at IS NULL
                    AND deletion_id = ANY (CAST(:deletions AS text[]))
                """)
                .param("now", Timestamp.from(now))
                .param("group", group)
                .param("deletions", deletions.toArray(String[]::new))
                .update();
    }

    /** How many of the group still wait. */
    int left(String group) {
        return jdbc.sql("""
                SELECT count(*) FROM deletions_deletion WHERE bulk_group = :group AND bulk_approved_at IS NULL
                """).param("group", group).query(Integer.class).single();
    }

    /** Whoever counts or approves in this group waits; answers whether there is such a group. */
    boolean lock(String group) {
        return jdbc.sql("SELECT bulk_group FROM deletions_day WHERE bulk_group = :group FOR UPDATE")
                .param("group", group)
                .query(String.class)
                .optional()
                .isPresent();
    }

    List<BulkList.Group> waiting() {
        return jdbc.sql("""
                SELECT y.bulk_group, y.requester, (array_agg(d.deletion_id ORDER BY d.deletion_id))[1:1000] AS deletions
                FROM deletions_day y JOIN deletions_deletion d ON d.bulk_group = y.bulk_group
                WHERE d.bulk_approved_at IS NULL
                GROUP BY y.bulk_group, y.requester, y.day ORDER BY y.day, y.bulk_group LIMIT 100
                """)
                .query((row, n) ->
                        new BulkList.Group(row.getString("bulk_group"), row.getString("requester"), List.of((String[])
                                row.getArray("deletions").getArray())))
                .list();
    }
}
