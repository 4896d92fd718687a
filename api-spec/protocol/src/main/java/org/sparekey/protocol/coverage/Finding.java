// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.coverage;

import java.time.Instant;
import java.util.Optional;

/**
 * One asset in one state.
 *
 * @param vpsRef the registration; absent for a guest that nobody registered
 * @param vmId the guest's number where one was seen, else the registered one
 * @param since the first listing or statement from which this follows
 */
public record Finding(
        AssetState state,
        Optional<String> vpsRef,
        String cluster,
        Optional<String> node,
        Optional<String> vmId,
        Optional<String> uuid,
        Instant since) {}
