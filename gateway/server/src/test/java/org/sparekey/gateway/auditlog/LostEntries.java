// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The last entries of one origin are lost from the database, as a superuser can see to; files and guard remember them. */
public final class LostEntries {

    private static final List<String> TABLES =
            List.of("auditlog_tile", "auditlog_head", "auditlog_checkpoint", "auditlog_publication");

    private final JdbcClient superuser;
    private final String origin;
    private final long size;

    private LostEntries(JdbcClient superuser, String origin, long size) {
        this.superuser = superuser;
        this.origin = origin;
        this.size = size;
    }

    /** Remembers the origin as it is now. */
    public static LostEntries after(JdbcClient superuser, String origin) {
        for (String table : TABLES) {
            superuser
                    .sql("CREATE TABLE kept_" + table + " AS SELECT * FROM " + table + " WHERE origin = :origin")
                    .param("origin", origin)
                    .update();
        }
        long size = superuser
                .sql("SELECT size FROM auditlog_head WHERE origin = :origin")
                .param("origin", origin)
                .query(Long.class)
                .single();
        return new LostEntries(superuser, origin, size);
    }

    public long held() {
        return size;
    }

    /** Back to what was remembered; nobody runs on the database meanwhile. */
    public void lose() {
        triggers("DISABLE");
        superuser
                .sql("DELETE FROM auditlog_entry WHERE origin = :origin AND leaf_index >= :size")
                .param("origin", origin)
                .param("size", size)
                .update();
        for (String table : TABLES) {
            superuser
                    .sql("DELETE FROM " + table + " WHERE origin = :origin")
                    .param("origin", origin)
                    .update();
            superuser
                    .sql("INSERT INTO " + table + " SELECT * FROM kept_" + table)
                    .update();
        }
        triggers("ENABLE");
    }

    private void triggers(String how) {
        superuser.sql("ALTER TABLE auditlog_entry " + how + " TRIGGER ALL").update();
        TABLES.forEach(table -> superuser
                .sql("ALTER TABLE " + table + " " + how + " TRIGGER ALL")
                .update());
    }
}
