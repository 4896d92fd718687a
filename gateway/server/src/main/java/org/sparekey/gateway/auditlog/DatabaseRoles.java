// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The roles of roles.sql as they really are: who owns a table can switch its triggers off. */
final class DatabaseRoles {

    private DatabaseRoles() {}

    /** @throws IllegalStateException in one sentence when the role owns a table, may become who does, or is a superuser */
    static void requireNothingOwned(DataSource role) {
        String name =
                JdbcClient.create(role).sql("""
                        SELECT current_user WHERE (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
                        OR EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                            WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                            AND pg_has_role(current_user, c.relowner, 'MEMBER'))
                        """).query(String.class).optional().orElse("");
        if (!name.isEmpty()) {
            throw new IllegalStateException("The database role " + name
                    + " owns tables or may take them over: use the roles of db/install/roles.sql.");
        }
    }
}
