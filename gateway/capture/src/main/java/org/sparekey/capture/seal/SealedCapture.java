// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.sparekey.capture.Guest;
import org.sparekey.capture.Observation;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.protocol.json.Digest;

/**
 * Everything that the manifest says about a capture (4-evidence, "Manifest"), but what only the gateway knows: order,
 * approvals, attempt, asset.
 *
 * @param ageRecipient the public half of the identity in {@code key.cms}
 * @param key the stored {@code key.cms}
 * @param images the stored {@code IMAGES.sha256}
 * @param recipients SHA-256 of each recipient's SubjectPublicKeyInfo
 * @param versions tools by name
 */
public record SealedCapture(
        Guest guest,
        Instant pointInTime,
        Instant endedAt,
        Digest configurationBefore,
        Digest configurationAfter,
        String ageRecipient,
        StoredFile key,
        StoredFile images,
        List<Digest> recipients,
        List<SealedDisk> disks,
        Map<String, String> versions,
        List<Observation> observations) {

    public SealedCapture {
        recipients = List.copyOf(recipients);
        disks = List.copyOf(disks);
        versions = Map.copyOf(versions);
        observations = List.copyOf(observations);
    }
}
