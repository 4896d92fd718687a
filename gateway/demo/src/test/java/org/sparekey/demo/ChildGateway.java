// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.sparekey.gateway.Gateway;
import org.sparekey.gateway.auditlog.Failpoint;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The real gateway in a process of its own that halts at a named place and waits there to be killed. Argument: its
 * directory. It ends when its standard input does, so that it
 * never outlives the test.
 */
final class ChildGateway {

    static final String PROPERTIES = "gateway.properties";

    /** Holds the name of the place to halt at; absent: nowhere. */
    static final String ARMED = "armed";

    /** Appears when the place was reached. */
    static final String REACHED = "reached";

    /** Appears when the listeners are open. */
    static final String READY = "ready";

    private ChildGateway() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        SpringApplication application = new SpringApplication(Gateway.class);
        application.setDefaultProperties(properties(directory.resolve(PROPERTIES)));
        application.addInitializers(context -> register(context, directory));
        application.run();
        Files.createFile(directory.resolve(READY));
        while (System.in.read() >= 0) {
            // the test never writes: only the end of its process ends this
        }
        Runtime.getRuntime().halt(1);
    }

    private static void register(ConfigurableApplicationContext context, Path directory) {
        GenericApplicationContext beans = (GenericApplicationContext) context;
        beans.registerBean("halt", Failpoint.class, () -> name -> halt(directory, name), bean -> bean.setPrimary(true));
    }

    /** Inside a transaction or not: the thread stays exactly here until the kill. */
    private static void halt(Path directory, String name) {
        try {
            Path armed = directory.resolve(ARMED);
            if (!Files.exists(armed) || !Files.readString(armed).equals(name)) {
                return;
            }
            Files.writeString(directory.resolve(REACHED), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (true) {
            LockSupport.park();
        }
    }

    private static Map<String, Object> properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, Object> all = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        return all;
    }
}
