// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param run false where a test takes the steps by hand
 * @param interval between two looks
 * @param spoolDirectory where integrity alarms are kept until they are sent and entered; on a local disk, not in the
 *     database
 * @param outboxAtMost how long an entry may wait for its number
 * @param checkpointAtMost how long a numbered entry may wait for a checkpoint that counts
 * @param witnessAtMost how long a witness may be silent while there is something to cosign
 * @param mirrorAtMost how long the mirror may stand still
 * @param ordersPerDay under one key, before somebody should look
 * @param scrub how often the whole log is read again and its root recomputed
 * @param webhooks addresses that get every notice as JSON by POST
 * @param mail where the letters go
 */
@ConfigurationProperties("sparekey.alarms")
record AlarmSettings(
        @DefaultValue("true") boolean run,
        @DefaultValue("2s") Duration interval,
        @Nullable Path spoolDirectory,
        @DefaultValue("5s") Duration outboxAtMost,
        @DefaultValue("60s") Duration checkpointAtMost,
        @DefaultValue("5m") Duration witnessAtMost,
        @DefaultValue("5m") Duration mirrorAtMost,
        @DefaultValue("25") int ordersPerDay,
        @DefaultValue("1h") Duration scrub,
        @DefaultValue List<URI> webhooks,
        @Nullable Mail mail) {

    AlarmSettings {
        webhooks = List.copyOf(webhooks);
    }

    /**
     * @param host of the SMTP server
     * @param to at least one; two for two parties
     * @param startTls whether the connection must be upgraded before anything is said; off only on loopback
     * @param user absent where the server asks for none
     * @param passwordFile a file of mode 0600
     */
    record Mail(
            String host,
            @DefaultValue("587") int port,
            String from,
            List<String> to,
            @DefaultValue("true") boolean startTls,
            @Nullable String user,
            @Nullable Path passwordFile) {

        Mail {
            to = List.copyOf(to);
        }
    }
}
