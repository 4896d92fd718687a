// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.registration.AssetKind;

/**
 * A guest as a hypervisor describes it.
 *
 * @param vm the hypervisor's own number or name of it
 * @param disks source ids of what the guest can write, as the hoster's inventory spells them
 * @param addresses those that the hypervisor configures; often none
 */
record Guest(
        AssetKind kind,
        String vm,
        Optional<String> node,
        Optional<String> uuid,
        List<String> macs,
        List<String> disks,
        List<String> addresses,
        boolean running) {

    Guest {
        macs = List.copyOf(macs);
        disks = List.copyOf(disks);
        addresses = List.copyOf(addresses);
    }
}
