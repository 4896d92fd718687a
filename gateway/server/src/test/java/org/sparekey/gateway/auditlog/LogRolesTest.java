// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.testkit.Database;

/** What the three roles cannot do, and what not even the owner can do by accident. */
class LogRolesTest {

    @TempDir
    Path root;

    private LogFixture fixture;
    private AuditLog log;

    @BeforeEach
    void two_entries_and_one_waiting() {
        fixture = new LogFixture(root);
        log = fixture.start();
        fixture.append(log, 2);
        LogFixture.all(log);
        fixture.append(log, 1);
    }

    private static final List<String> WRITES = List.of(
            "INSERT INTO auditlog_entry (origin, leaf_index, leaf_hash, bytes, time, type)"
                    + " SELECT origin, 9, leaf_hash, bytes, time, type FROM auditlog_outbox",
            "UPDATE auditlog_entry SET bytes = ''",
            "DELETE FROM auditlog_entry",
            "DELETE FROM auditlog_outbox",
            "UPDATE auditlog_outbox SET bytes = ''",
            "UPDATE auditlog_head SET size = 99",
            "UPDATE auditlog_checkpoint SET note = ''",
            "INSERT INTO auditlog_tile (origin, level, tile_index, hashes) VALUES ('x', 0, 0, '')",
            "DELETE FROM auditlog_payload",
            "UPDATE auditlog_payload SET payload = ''",
            "TRUNCATE auditlog_entry");

    private static final List<String> ACCIDENTS = List.of(
            "UPDATE auditlog_entry SET bytes = ''",
            "DELETE FROM auditlog_entry",
            "TRUNCATE auditlog_entry",
            "UPDATE auditlog_outbox SET bytes = ''",
            "TRUNCATE auditlog_outbox",
            "DELETE FROM auditlog_outbox",
            "DELETE FROM auditlog_head",
            "UPDATE auditlog_head SET size = size - 1",
            "UPDATE auditlog_head SET root = sha256('x')",
            "DELETE FROM auditlog_tile",
            "UPDATE auditlog_tile SET hashes = sha256('x')",
            "UPDATE auditlog_checkpoint SET note = 'x'",
            "DELETE FROM auditlog_checkpoint",
            "UPDATE auditlog_publication SET size = 0",
            "UPDATE auditlog_payload SET payload = ''",
            "TRUNCATE auditlog_payload");

    @Test
    void the_app_can_hand_entries_over_and_nothing_else() {
        for (String sql : WRITES) {
            assertThatThrownBy(() -> fixture.jdbc(fixture.access.app()).sql(sql).update())
                    .as(sql)
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void not_even_the_owner_changes_the_log_by_accident() {
        for (String sql : ACCIDENTS) {
            assertThatThrownBy(
                            () -> fixture.jdbc(fixture.access.owner()).sql(sql).update())
                    .as(sql)
                    .rootCause()
                    .hasMessageMatching("(?s).*(append-only|only grows|signed once|leaves the outbox).*");
        }
        LogFixture.all(log);
        assertThat(LogFixture.audit(log)).hasSize(3);
    }

    @Test
    void the_sequencer_sees_no_payload() {
        assertThatThrownBy(() -> fixture.jdbc(fixture.access.sequencer())
                        .sql("SELECT payload FROM auditlog_payload")
                        .query(byte[].class)
                        .list())
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void the_gateway_refuses_to_start_as_a_role_that_owns_tables() {
        for (Database.Login login : new Database.Login[] {fixture.access.owner(), fixture.access.superuser()}) {
            assertThatThrownBy(() -> DatabaseRoles.requireNothingOwned(fixture.source(login)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The database role " + login.user()
                            + " owns tables or may take them over: use the roles of db/install/roles.sql.");
        }
        DatabaseRoles.requireNothingOwned(fixture.source(fixture.access.app()));
    }
}
