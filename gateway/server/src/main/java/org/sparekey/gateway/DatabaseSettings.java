// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where PostgreSQL is, and the three roles of {@code db/install/roles.sql}. None has a default.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 */
@ConfigurationProperties("sparekey.database")
public record DatabaseSettings(
        @Nullable String url,
        @Nullable Login owner,
        @Nullable Login app,
        @Nullable Login sequencer) {

    /** One role's name and password; the password never prints. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    String requiredUrl() {
        if (url == null || !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalStateException(
                    "No database: set sparekey.database.url to a jdbc:postgresql: address (PostgreSQL 16 or later).");
        }
        return url;
    }

    /** Asked after the address: without one, that is what must be said. */
    Login required(@Nullable Login login, String role) {
        requiredUrl();
        if (login == null) {
            throw new IllegalStateException("No login for the database role: set sparekey.database." + role
                    + ".user and sparekey.database." + role + ".password.");
        }
        return login;
    }
}
