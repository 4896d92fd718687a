// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.springframework.util.FileSystemUtils;

/**
 * A real Kafka broker and its controller in one process (KRaft), on loopback. {@link #main} is the same in a process of
 * its own, which a test kills.
 */
public final class Broker implements AutoCloseable {

    static final String READY = "ready ";

    private final Properties properties;
    private final Path directory;
    private final int port;
    private final KafkaRaftServer server;

    private Broker(Path directory, int port, int controllerPort) {
        this.directory = directory;
        this.port = port;
        this.properties = properties(directory, port, controllerPort);
        if (Files.notExists(directory.resolve("meta.properties"))) {
            format();
        }
        this.server = started();
    }

    /** The one broker of this JVM, started at the first call: it takes seconds. */
    public static Broker shared() {
        return Shared.BROKER;
    }

    private static final class Shared {

        static final Broker BROKER = start();

        private static Broker start() {
            try {
                Path directory = Files.createTempDirectory("sparekey-kafka-");
                Broker broker = new Broker(directory.resolve("data"), freePort(), freePort());
                Runtime.getRuntime().addShutdownHook(new Thread(() -> discard(broker, directory)));
                return broker;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void discard(Broker broker, Path directory) {
            broker.close();
            FileSystemUtils.deleteRecursively(directory.toFile());
        }
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    private KafkaRaftServer started() {
        KafkaRaftServer made = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        made.startup();
        return made;
    }

    private void format() {
        try {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(directory.toString())
                    .addDirectory(directory.toString())
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("formatting " + directory, e);
        }
    }

    private static Properties properties(Path directory, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("log.dirs", directory.toString()),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("num.network.threads", "1"),
                Map.entry("num.io.threads", "2"),
                Map.entry("background.threads", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("min.insync.replicas", "1")));
        return properties;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** In a process of its own: directory, port, controller's port. Says so when it is ready. */
    public static void main(String[] args) {
        try (Broker broker = new Broker(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]))) {
            System.out.println(READY + broker.bootstrap());
            broker.server.awaitShutdown();
        }
    }
}
