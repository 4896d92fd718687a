// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogCopy;
import org.sparekey.gateway.auditlog.Rebuilding;
import org.sparekey.gateway.auditlog.TileCopy;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.inventory.Preview;
import org.sparekey.gateway.mirror.FollowCommand;
import org.sparekey.gateway.mirror.Mirror;
import org.sparekey.gateway.parties.Bootstrap;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
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
 * gateway import-assignments --file CSV [--dry-run]   what the hoster rents to whom; shows what would change
 * gateway rebuild-log --from DIR     fills a lost or older database from a published shard's directory
 * gateway rebuild-log --from-mirror ORIGIN   the same from Kafka
 * gateway follow ...                 checks a mirror from outside, with public keys alone
 * </pre>
 *
 * Exit codes: 0 done, 1 failed, 2 usage, 5 the copy is not what was signed, 7 the list is refused (not signed by the three,
 * or one was loaded before) or the file of assignments is, 10 the copy ends too early.
 */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class Gateway {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int FORGED = 5;
    static final int REFUSED = 7;
    static final int INCOMPLETE = 10;

    private static final String PARTIES = "--parties";
    private static final String FILE = "--file";
    private static final String DRY_RUN = "--dry-run";
    private static final String FROM = "--from";
    private static final String FROM_MIRROR = "--from-mirror";

    public static void main(String[] args) {
        String command = args.length == 0 ? "" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        if (command.equals("serve")) {
            serve(rest);
        } else if (command.equals("bootstrap") && rest.length >= 2 && rest[0].equals(PARTIES)) {
            System.exit(bootstrap(Path.of(rest[1]), Arrays.copyOfRange(rest, 2, rest.length)));
        } else if (command.equals("import-assignments") && rest.length >= 2 && rest[0].equals(FILE)) {
            System.exit(importAssignments(Path.of(rest[1]), Arrays.copyOfRange(rest, 2, rest.length)));
        } else if (command.equals("import-address-plan") && rest.length >= 2 && rest[0].equals(FILE)) {
            System.exit(importAddressPlan(Path.of(rest[1]), Arrays.copyOfRange(rest, 2, rest.length)));
        } else if (command.equals("rebuild-log")
                && rest.length >= 2
                && List.of(FROM, FROM_MIRROR).contains(rest[0])) {
            System.exit(rebuildLog(rest[0], rest[1], Arrays.copyOfRange(rest, 2, rest.length)));
        } else if (command.equals("follow")) {
            System.exit(new FollowCommand(System.out, System.err).run(List.of(rest)));
        } else {
            System.err.println(
                    "usage: gateway serve | gateway bootstrap --parties FILE | gateway import-assignments --file CSV"
                            + " [--dry-run] | gateway import-address-plan --file CSV [--dry-run] | gateway"
                            + " rebuild-log --from DIR | gateway rebuild-log --from-mirror ORIGIN | gateway follow ...");
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

    /** Shows what a file of assignments changes and, without {@code --dry-run}, changes it; answers the exit code. */
    static int importAssignments(Path file, String... args) {
        return importFile(file, Inventory::previewAssignments, Inventory::importAssignments, args);
    }

    /** The same of a file that says to which guest the hoster routes an address. */
    static int importAddressPlan(Path file, String... args) {
        return importFile(file, Inventory::previewAddressPlan, Inventory::importAddressPlan, args);
    }

    private static int importFile(
            Path file,
            BiFunction<Inventory, byte[], Preview> preview,
            BiFunction<Inventory, byte[], Imported> importing,
            String... args) {
        boolean dry = args.length > 0 && args[0].equals(DRY_RUN);
        SpringApplication application = new SpringApplication(Gateway.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context =
                application.run(dry ? Arrays.copyOfRange(args, 1, args.length) : args)) {
            byte[] csv = Files.readAllBytes(file);
            Inventory inventory = context.getBean(Inventory.class);
            return switch (preview.apply(inventory, csv)) {
                case Preview.Planned planned -> {
                    planned.differences().forEach(one -> System.out.println(one.text()));
                    yield dry || importing.apply(inventory, csv) instanceof Imported.Done ? DONE : REFUSED;
                }
                case Preview.Refused refused -> {
                    refused.faults()
                            .forEach(fault -> System.err.println("line " + fault.line() + " " + fault.column() + ": "
                                    + fault.code().words()));
                    yield REFUSED;
                }
            };
        } catch (IOException e) {
            System.err.println("The file " + file + " cannot be read.");
            return FAILED;
        }
    }

    /** Rebuilds one shard of a log without opening a listener; answers the exit code. */
    static int rebuildLog(String option, String source, String... args) {
        SpringApplication application = new SpringApplication(Gateway.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        String[] standing = Arrays.copyOf(args, args.length + 2);
        standing[args.length] = "--sparekey.log.run=false";
        standing[args.length + 1] = "--sparekey.mirror.run=false";
        try (ConfigurableApplicationContext context = application.run(standing)) {
            LogCopy copy = option.equals(FROM)
                    ? TileCopy.of(Path.of(source))
                    : context.getBean(Mirror.class).copy(source);
            return switch (context.getBean(AuditLog.class).recovery().rebuild(copy)) {
                case Rebuilding.Rebuilt(long from, Checkpoint head) -> {
                    System.out.println("Rebuilt " + head.origin() + " from " + from + " to " + head.size()
                            + " entries; their root is the one that was signed. Start, and have two officers"
                            + " resume it.");
                    yield DONE;
                }
                case Rebuilding.Level(long size) -> {
                    System.out.println("The database has its " + size + " entries: nothing was written.");
                    yield DONE;
                }
                case Rebuilding.Incomplete(long has, long needed) -> {
                    System.err.println("The copy ends at " + has + " of " + needed + " entries: nothing was written.");
                    yield INCOMPLETE;
                }
                case Rebuilding.Forged(String reason) -> {
                    System.err.println("Nothing was written: " + reason + ".");
                    yield FORGED;
                }
            };
        } catch (IOException | UncheckedIOException e) {
            System.err.println("No copy of a log can be read in " + source + ".");
            return FAILED;
        }
    }
}
