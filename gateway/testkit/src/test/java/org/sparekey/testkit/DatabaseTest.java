// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

    @TempDir
    Path directory;

    @Test
    void what_is_committed_survives_because_fsync_and_synchronous_commit_are_on() throws SQLException {
        Database.Access access = Database.shared().fresh();
        assertThat(value(access, access.app(), "SHOW fsync")).isEqualTo("on");
        assertThat(value(access, access.app(), "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(value(access, access.app(), "SHOW server_version")).startsWith("18");
    }

    @Test
    void the_three_roles_are_no_superusers_and_only_the_owner_creates_tables() throws SQLException {
        Database.Access access = Database.shared().fresh();
        execute(access, access.owner(), "CREATE TABLE thing (id int)");
        execute(access, access.app(), "INSERT INTO thing (id) VALUES (1)");
        assertThatThrownBy(() -> execute(access, access.app(), "CREATE TABLE mine (id int)"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> execute(access, access.sequencer(), "SELECT id FROM thing"))
                .hasMessageContaining("permission denied");
        assertThat(value(access, access.owner(), "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("f");
    }

    @Test
    void two_fresh_databases_do_not_see_each_other() throws SQLException {
        Database.Access one = Database.shared().fresh();
        Database.Access other = Database.shared().fresh();
        execute(one, one.owner(), "CREATE TABLE only_here (id int)");
        assertThatThrownBy(() -> execute(other, other.owner(), "SELECT id FROM only_here"))
                .hasMessageContaining("does not exist");
    }

    @Test
    void a_server_left_by_a_dead_process_is_found_again_and_can_be_stopped() throws SQLException {
        Path data = directory.resolve("data");
        Database first = Database.at(data);
        Database.Access access = first.named("kept");
        execute(access, access.owner(), "CREATE TABLE kept (id int)");

        // The first Database is not closed, as after kill -9: its server lives on.
        Database second = Database.at(data);
        assertThat(second.port()).isEqualTo(first.port());
        execute(second.named("kept"), access.app(), "INSERT INTO kept (id) VALUES (7)");
        second.close();
        assertThat(Postmaster.running(data)).isEmpty();

        first.close();
        try (Database third = Database.at(data)) {
            assertThat(value(third.named("kept"), access.app(), "SELECT id FROM kept"))
                    .isEqualTo("7");
        }
    }

    private static void execute(Database.Access access, Database.Login login, String sql) throws SQLException {
        try (Connection connection = access.connect(login);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(Database.Access access, Database.Login login, String sql) throws SQLException {
        try (Connection connection = access.connect(login);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
