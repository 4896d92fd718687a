// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.time.Instant;
import java.util.List;
import org.sparekey.capture.Guest;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.IsolationObservation;
import org.sparekey.protocol.evidence.ToolVersion;
import org.sparekey.protocol.json.Digest;

/**
 * Everything that the manifest says about a capture (4-evidence, "Manifest"), but what only the gateway knows: order,
 * approvals, attempt, asset.
 *
 * @param ageRecipient the public half of the identity in {@code key.cms}
 * @param key the stored {@code key.cms}
 * @param images the stored {@code IMAGES.sha256}
 * @param recipients key ids of the recipients' certificates, sorted
 * @param tools of the driver and ours, by name
 */
public record SealedCapture(
        Guest guest,
        Instant pointInTime,
        Instant finishedAt,
        Digest configurationBefore,
        Digest configurationAfter,
        String ageRecipient,
        StoredFile key,
        StoredFile images,
        List<Digest> recipients,
        List<CapturedDisk> disks,
        List<ToolVersion> tools,
        List<IsolationObservation> observations) {

    public SealedCapture {
        recipients = List.copyOf(recipients);
        disks = List.copyOf(disks);
        tools = List.copyOf(tools);
        observations = List.copyOf(observations);
    }
}
