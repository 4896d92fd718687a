// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.util.List;
import java.util.UUID;
import org.sparekey.protocol.json.Digest;

/**
 * What was approved: this guest, in this configuration, these disks, for these recipients. Every field is compared with
 * the hypervisor again before anything is opened.
 *
 * @param configurationHash of the approvals
 * @param targets the disks ({@code vda}) in the order in which they are numbered
 */
public record SealRequest(
        String cluster,
        UUID uuid,
        String vmId,
        Digest configurationHash,
        List<String> targets,
        Recipients recipients,
        SealPlan plan) {

    public SealRequest {
        targets = List.copyOf(targets);
        if (targets.isEmpty() || targets.stream().distinct().count() != targets.size()) {
            throw new IllegalArgumentException("at least one disk, none twice");
        }
    }
}
