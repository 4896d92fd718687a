// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.util.Optional;
import java.util.UUID;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * Who was given what of a delivery, or was refused it; payload of its entry.
 *
 * @param type of the entry
 * @param name of the file, where one was fetched
 */
record FetchRecord(
        int v,
        String type,
        UUID orderId,
        String party,
        String person,
        Optional<String> name,
        Optional<Digest> sha256,
        Optional<Long> from,
        Bytes salt) {

    static final int VERSION = 1;

    /** A file from a byte on. */
    record Part(String name, Digest sha256, long from) {

        Part(StoredFile file, long from) {
            this(file.name(), file.digest(), from);
        }
    }
}
