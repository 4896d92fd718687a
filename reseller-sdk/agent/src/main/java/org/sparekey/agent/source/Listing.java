// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.util.List;
import org.sparekey.client.Vps;

/**
 * What a source showed.
 *
 * @param cluster the one place that was looked at: of any other it says nothing
 * @param machines each once
 * @param gaps what could not be read, in words without machines or customers; empty = this is all there is
 */
public record Listing(String cluster, List<Vps> machines, List<String> gaps) {

    public Listing {
        machines = List.copyOf(machines);
        gaps = List.copyOf(gaps);
    }

    /** Whether a registered machine would be in it; its name is cluster/vm, and no cluster has a slash. */
    public boolean covers(String asset) {
        return asset.startsWith(cluster + "/");
    }

    /** Only a complete listing says that a machine is gone. */
    public boolean complete() {
        return gaps.isEmpty();
    }
}
