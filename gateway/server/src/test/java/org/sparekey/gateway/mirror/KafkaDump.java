// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Everything that somebody with every right at the shared broker gets to see. */
public final class KafkaDump {

    private static final KafkaClients CLIENTS =
            new KafkaClients(List.of(Broker.shared().bootstrap()), Map.of());

    private KafkaDump() {}

    /** Names of topics; keys, headers and values of every record. */
    public static List<byte[]> all() {
        List<byte[]> all = new ArrayList<>();
        for (String topic : topics()) {
            all.add(topic.getBytes(StandardCharsets.UTF_8));
            for (ConsumerRecord<byte[], byte[]> record : new Topic(topic, CLIENTS).records()) {
                if (record.key() != null) {
                    all.add(record.key());
                }
                record.headers().forEach(header -> all.add(header.value()));
                all.add(record.value());
            }
        }
        return all;
    }

    public static Set<String> topics() {
        try (Admin admin = CLIENTS.admin()) {
            return admin.listTopics().names().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** The broker is shared; its topics are the test's. */
    public static void forget() {
        try (Admin admin = CLIENTS.admin()) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
