// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.testkit.Database;

/** Two who wait for each other in the database: it ends one of them, and he is told to come again. */
class DeadlockTest {

    private final GatewayFixture gateway = GatewayFixture.shared();

    @Test
    void a_deadlock_in_the_database_is_answered_as_a_coded_problem_and_the_other_goes_on() throws Exception {
        Database.Access database = gateway.database();
        try (Connection other = DriverManager.getConnection(
                        database.url(),
                        database.superuser().user(),
                        database.superuser().password());
                Statement statement = other.createStatement()) {
            // It never looks whether it is stuck: the request is the one that is ended.
            statement.execute("SET deadlock_timeout = '10min'");
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + EchoController.SECOND + ")");
            CompletableFuture<Boolean> went = CompletableFuture.supplyAsync(() -> first(statement));

            Reply reply = gateway.client(gateway.world().cast().investigator()).get("/v1/echo/deadlock");

            assertThat(reply.problem()).as(reply.text()).isEqualTo(Problem.OVERLOADED);
            assertThat(reply.header("retry-after")).isEqualTo("5");
            assertThat(reply.bound()).isTrue();
            assertThat(reply.text()).doesNotContain("deadlock");
            assertThat(went.get()).isTrue();
            other.rollback();
        }
    }

    /** Asks for the first once the request has it. */
    private static boolean first(Statement statement) {
        try {
            while (!held(statement)) {
                Thread.onSpinWait();
            }
            return statement.execute("SELECT pg_advisory_xact_lock(" + EchoController.FIRST + ")");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean held(Statement statement) throws SQLException {
        try (ResultSet locks = statement.executeQuery(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE granted AND objid = " + EchoController.FIRST + ")")) {
            return locks.next() && locks.getBoolean(1);
        }
    }
}
