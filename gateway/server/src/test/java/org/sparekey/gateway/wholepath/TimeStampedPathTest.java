// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.pki.KeyFiles;
import org.sparekey.testkit.tsa.Conduct;
import org.sparekey.testkit.tsa.TestTsa;
import org.sparekey.tool.EvidenceFetcher;
import org.springframework.core.env.MapPropertySource;

/** A delivery goes out while the time-stamp authority is away; its token is fetched later, over the real door. */
class TimeStampedPathTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    static Path directory;

    private static TestTsa tsa;
    private static ImageHoster hoster;

    @BeforeAll
    static void start() throws IOException {
        tsa = TestTsa.start(CLOCK, RANDOM);
        Path roots = directory.resolve("tsa.pem");
        KeyFiles.certificates(roots, List.of(tsa.root()));
        Map<String, Object> time =
                Map.of("sparekey.time.url", tsa.location().toString(), "sparekey.time.roots", roots.toString());
        hoster = ImageHoster.start(
                context -> context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("time", time)));
    }

    @AfterAll
    static void stop() {
        hoster.close();
        tsa.close();
    }

    @Test
    void the_token_of_a_delivery_is_fetched_by_the_same_command_when_it_has_come() throws Exception {
        tsa.conduct(Conduct.UNAVAILABLE);
        OrderStatus order = hoster.available(hoster.review());
        Path folder = directory.resolve("evidence");
        assertThat(fetch(order, folder)).isFalse();
        assertThat(folder.resolve(EvidenceFolder.MANIFEST_TIME)).doesNotExist();
        assertThat(folder.resolve(EvidenceFolder.KEY)).exists();

        tsa.conduct(Conduct.HONEST);
        boolean timeStamped = false;
        while (!timeStamped) {
            Turnstile.Gate stored = hoster.turnstile().watch("time.stored");
            timeStamped = fetch(order, folder);
            if (!timeStamped) {
                stored.await();
            }
        }
        requireOpenssl();
        DebianTools.run(folder, "sha256sum --strict -c SHA256SUMS");
        DebianTools.run(folder, "openssl ts -verify -data manifest.jws -in manifest.tsr -CAfile ../tsa.pem");
        DebianTools.run(folder, "! openssl ts -verify -data SHA256SUMS -in manifest.tsr -CAfile ../tsa.pem");
    }

    private static boolean fetch(OrderStatus order, Path folder) throws Exception {
        Path home = hoster.world().home(hoster.cast().prosecutor());
        ChannelConfiguration configuration = ChannelConfiguration.load(home.resolve(ChannelConfiguration.FILE));
        try (Channel channel = Channel.open(configuration, configuration.keys(home), CLOCK, RANDOM)) {
            return new EvidenceFetcher(channel, order.orderId(), (bytes, total) -> {}).into(folder);
        }
    }

    private static void requireOpenssl() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/openssl"));
        if (Boolean.getBoolean("sparekey.requireTools")) {
            assertThat(there).as("openssl is installed").isTrue();
        }
        assumeTrue(there, "openssl is not installed: nobody else judges the token");
    }
}
