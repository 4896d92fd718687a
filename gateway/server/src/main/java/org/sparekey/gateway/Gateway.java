// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.sparekey.gateway.parties.Bootstrap;
import org.sparekey.protocol.json.MalformedException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One gateway = one hoster.
 *
 * <pre>
 * gateway serve                      opens the listeners
 * gateway bootstrap --parties FILE   loads the signed list of parties, once
 * </pre>
 *
 * Exit codes: 0 done, 1 failed, 2 usage, 7 the list is refused (not signed by the three, or one was loaded before).
 */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class Gateway {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int REFUSED = 7;

    private static final String PARTIES = "--parties";

    public static void main(String[] args) {
        String command = args.length == 0 ? "" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        if (command.equals("serve")) {
            serve(rest);
        } else if (command.equals("bootstrap") && rest.length >= 2 && rest[0].equals(PARTIES)) {
            System.exit(bootstrap(Path.of(rest[1]), Arrays.copyOfRange(rest, 2, rest.length)));
        } else {
            System.err.println("usage: gateway serve | gateway bootstrap --parties FILE");
            System.exit(USAGE);
        }
    }

    /** Starts the gateway; returns while it serves. */
    public static ConfigurableApplicationContext serve(String... args) {
        return new SpringApplication(Gateway.class).run(args);
    }

    /** Loads the list without opening a listener; answers the exit code. */
    static int bootstrap(Path list, String... args) {
        SpringApplication application = new SpringApplication(Gateway.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(args)) {
            return switch (context.getBean(Bootstrap.class).load(Files.readAllBytes(list))) {
                case Bootstrap.Loaded loaded -> {
                    System.out.println(
                            "Loaded. SHA-256 of the list: " + loaded.list().hex());
                    yield DONE;
                }
                case Bootstrap.Refused refused -> {
                    System.err.println(refused.reason());
                    yield REFUSED;
                }
            };
        } catch (MalformedException e) {
            System.err.println("The file is not a signed list of parties: " + e.reason());
            return FAILED;
        } catch (IOException e) {
            System.err.println("The file " + list + " cannot be read.");
            return FAILED;
        }
    }
}
