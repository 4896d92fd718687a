// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.sparekey.client.Pause;

/** A gateway with two enrolled resellers, each with his own prefix; tests leave it with more registrations. */
public interface GatewayUnderTest {

    String RESELLER = "palmstrand";
    String OTHER_RESELLER = "duinrand";

    /** Inside the prefix of {@link #RESELLER}: 10.1.0.0/16. */
    String PREFIX = "10.1.0.0/16";

    /** Inside the prefix of {@link #OTHER_RESELLER}: 10.2.0.0/16. */
    String OTHER_PREFIX = "10.2.0.0/16";

    /** The reseller's {@code sparekey.json}. */
    Path configuration(String reseller) throws IOException;

    InstantSource clock();

    /** The time for which the prefixes have been his. */
    Duration knownFor();

    Pause pause();
}
