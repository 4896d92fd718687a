// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.util.List;
import org.sparekey.client.Vps;

/**
 * What a source showed.
 *
 * @param machines each once
 * @param gaps what could not be read, in words without machines or customers; empty = this is all there is
 */
public record Listing(List<Vps> machines, List<String> gaps) {

    public Listing {
        machines = List.copyOf(machines);
        gaps = List.copyOf(gaps);
    }

    /** Only a complete listing says that a machine is gone. */
    public boolean complete() {
        return gaps.isEmpty();
    }
}
