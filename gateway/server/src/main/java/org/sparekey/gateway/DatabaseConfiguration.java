// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Three ways into the one database: the owner for Flyway alone, the app for the rooms (what an unqualified
 * {@code JdbcClient} uses), the sequencer for the room that numbers log entries.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {

    static final int APP_CONNECTIONS = 16;
    static final int SEQUENCER_CONNECTIONS = 4;
    static final long CONNECTION_WAIT_MILLIS = 10_000;

    @Bean
    @Primary
    DataSource appDataSource(DatabaseSettings settings) {
        return pool(settings, "app", settings.required(settings.app(), "app"), APP_CONNECTIONS);
    }

    @Bean(defaultCandidate = false)
    @Qualifier("sequencer")
    DataSource sequencerDataSource(DatabaseSettings settings) {
        DatabaseSettings.Login login = settings.required(settings.sequencer(), "sequencer");
        return pool(settings, "sequencer", login, SEQUENCER_CONNECTIONS);
    }

    /** No pool: the owner's connections are closed when the migrations are done. */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource ownerDataSource(DatabaseSettings settings) {
        DatabaseSettings.Login login = settings.required(settings.owner(), "owner");
        DriverManagerDataSource source =
                new DriverManagerDataSource(settings.requiredUrl(), login.user(), login.password());
        source.setConnectionProperties(quiet());
        return source;
    }

    private static HikariDataSource pool(
            DatabaseSettings settings, String name, DatabaseSettings.Login login, int connections) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(settings.requiredUrl());
        pool.setUsername(login.user());
        pool.setPassword(login.password());
        pool.setMaximumPoolSize(connections);
        pool.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
        pool.setDataSourceProperties(quiet());
        return pool;
    }

    /** The server's detail of a refused statement quotes the row; exceptions are logged, and a row is not. */
    private static Properties quiet() {
        Properties properties = new Properties();
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }
}
