// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.client.Pause;
import org.sparekey.fake.FakeGateway;

/** The fake keeps what the contract says, on the oldest Java that the SDK promises too. */
class FakeGatewayContractTest extends ResellerContract {

    private final FakeGateway fake = FakeGateway.start();

    @TempDir
    Path directory;

    @BeforeEach
    void enrol() throws IOException {
        fake.assign(GatewayUnderTest.RESELLER, GatewayUnderTest.PREFIX);
        fake.assign(GatewayUnderTest.OTHER_RESELLER, GatewayUnderTest.OTHER_PREFIX);
        for (String reseller : new String[] {GatewayUnderTest.RESELLER, GatewayUnderTest.OTHER_RESELLER}) {
            fake.enrol(reseller, Files.createDirectory(directory.resolve(reseller)));
        }
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Override
    protected GatewayUnderTest gateway() {
        return new GatewayUnderTest() {
            @Override
            public Path configuration(String reseller) {
                return directory.resolve(reseller).resolve("sparekey.json");
            }

            @Override
            public InstantSource clock() {
                return fake.clock();
            }

            @Override
            public Duration knownFor() {
                return Duration.ofHours(1);
            }

            @Override
            public Pause pause() {
                return fake.clock()::advance;
            }
        };
    }
}
