// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.keys.TestKeys;
import org.sparekey.testkit.Database;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The wiring of database, keys and log as the gateway does it, without its doors. */
class DatabaseConfigurationTest {

    @TempDir
    Path root;

    private final ApplicationContextRunner rooms = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    JdbcClientAutoConfiguration.class,
                    FlywayAutoConfiguration.class))
            .withUserConfiguration(DatabaseConfiguration.class, Sources.class)
            .withInitializer(context -> new ClassPathBeanDefinitionScanner((BeanDefinitionRegistry) context)
                    .scan("org.sparekey.gateway.keys", "org.sparekey.gateway.auditlog"));

    private ApplicationContextRunner configured(Database.Access access) throws IOException {
        return withoutDatabase()
                .withPropertyValues(access.properties().entrySet().stream()
                        .map(property -> property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }

    private ApplicationContextRunner withoutDatabase() throws IOException {
        TestKeys keys = TestKeys.write(root);
        return rooms.withPropertyValues(
                "sparekey.keys.directory=" + keys.directory(),
                "sparekey.keys.passphrase-file=" + keys.passphraseFile(),
                "sparekey.log.public-host=log.hoster.example",
                "sparekey.log.directory=" + root.resolve("log"),
                "sparekey.log.guard-directory=" + root.resolve("guard"));
    }

    @Test
    void a_room_appends_as_the_app_and_the_entry_is_recorded_in_the_background() throws IOException {
        configured(Database.shared().fresh()).run(context -> {
            assertThat(context).hasNotFailed();
            AuditLog log = context.getBean(AuditLog.class);
            Statement statement = new Statement(
                    LogName.REGISTRY,
                    "registration.accepted",
                    Actor.GATEWAY,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    new byte[] {1});
            Pending pending = context.getBean(TransactionTemplate.class).execute(status -> log.append(statement));
            assertThat(log.await(pending.leafHash(), Duration.ofMinutes(2))).isPresent();
            assertThat(context.getBean(JdbcClient.class)
                            .sql("SELECT current_user")
                            .query(String.class)
                            .single())
                    .isEqualTo("sparekey_app");
        });
    }

    @Test
    void without_a_database_the_gateway_says_so_in_one_sentence() throws IOException {
        withoutDatabase()
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("No database: set sparekey.database.url to a jdbc:postgresql: address"
                                + " (PostgreSQL 16 or later)."));
    }

    @Test
    void as_the_owner_the_gateway_does_not_start() throws IOException {
        Database.Access access = Database.shared().fresh();
        configured(access)
                .withPropertyValues(
                        "sparekey.database.app.user=" + access.owner().user(),
                        "sparekey.database.app.password=" + access.owner().password())
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("sparekey_owner owns tables or may take them over"));
    }

    @Test
    void no_password_is_printed_with_the_settings() {
        DatabaseSettings.Login login = new DatabaseSettings.Login("sparekey_app", "hush");
        assertThat(new DatabaseSettings("jdbc:postgresql://h/d", login, login, login).toString())
                .doesNotContain("hush");
    }
}
