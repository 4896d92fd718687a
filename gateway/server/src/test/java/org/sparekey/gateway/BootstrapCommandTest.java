// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.fixture.Migrated;
import org.sparekey.protocol.party.SignedPartyList;
import org.sparekey.testkit.world.Site;
import org.sparekey.testkit.world.World;

/** {@code gateway bootstrap --parties FILE}, as those present on the first day run it. */
class BootstrapCommandTest {

    @TempDir
    private Path directory;

    @Test
    void the_list_is_loaded_once_and_only_with_all_three_signatures() throws Exception {
        World world = World.create(directory, Site.free(), InstantSource.system(), new SecureRandom());
        String[] arguments = world.properties(Migrated.fresh()).entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);

        assertThat(Gateway.bootstrap(garbage(), arguments)).isEqualTo(Gateway.FAILED);
        assertThat(Gateway.bootstrap(directory.resolve("absent"), arguments)).isEqualTo(Gateway.FAILED);
        assertThat(Gateway.bootstrap(signedByTwo(world), arguments)).isEqualTo(Gateway.REFUSED);
        assertThat(Gateway.bootstrap(world.partiesFile(), arguments)).isEqualTo(Gateway.DONE);
        assertThat(Gateway.bootstrap(world.partiesFile(), arguments)).isEqualTo(Gateway.REFUSED);
        assignmentsAreShownBeforeTheyAreImported(arguments);
    }

    private void assignmentsAreShownBeforeTheyAreImported(String... arguments) throws Exception {
        String[] dry =
                Stream.concat(Stream.of("--dry-run"), Stream.of(arguments)).toArray(String[]::new);
        Path good = assignments("PREFIX,192.0.2.0/24,palmstrand,2026-01-01T00:00:00.000Z,");
        Path bad = assignments("PREFIX,192.0.2.0/24,nobody,2026-01-01T00:00:00.000Z,");
        assertThat(Gateway.importAssignments(directory.resolve("absent"), dry)).isEqualTo(Gateway.FAILED);
        assertThat(Gateway.importAssignments(bad, arguments)).isEqualTo(Gateway.REFUSED);
        assertThat(printed(() -> Gateway.importAssignments(good, dry))).contains("+ PREFIX 192.0.2.0/24 palmstrand");
        assertThat(printed(() -> Gateway.importAssignments(good, arguments))).contains("+ PREFIX");
        assertThat(printed(() -> Gateway.importAssignments(good, dry))).contains("= PREFIX");
        Path plan = Files.writeString(
                directory.resolve("plan.csv"),
                "prefix,cluster,vm,from,to\n192.0.2.7,cluster-a,101,2026-01-01T00:00:00.000Z,\n");
        assertThat(Gateway.importAddressPlan(bad, dry)).isEqualTo(Gateway.REFUSED);
        assertThat(printed(() -> Gateway.importAddressPlan(plan, arguments)))
                .contains("+ 192.0.2.7 cluster-a/101 from");
        assertThat(printed(() -> Gateway.importAddressPlan(plan, dry))).contains("= 192.0.2.7 cluster-a/101");
    }

    private static String printed(IntSupplier command) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertThat(command.getAsInt()).isEqualTo(Gateway.DONE);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path assignments(String row) throws Exception {
        Path file = directory.resolve(Integer.toHexString(row.hashCode()) + ".csv");
        return Files.writeString(file, "kind,value,reseller,from,to\n" + row + "\n");
    }

    private Path garbage() throws Exception {
        return Files.write(directory.resolve("garbage"), "{\"payload\":1}".getBytes(StandardCharsets.UTF_8));
    }

    private Path signedByTwo(World world) throws Exception {
        SignedPartyList two = SignedPartyList.sign(
                world.parties().list(),
                Instant.now(),
                List.of(
                        world.cast().officer1().document(),
                        world.cast().officer2().document()));
        return Files.write(directory.resolve("two"), two.bytes());
    }
}
