// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.store;

import org.sparekey.protocol.json.Digest;

/**
 * A file in a store.
 *
 * @param length bytes
 * @param digest SHA-256 of the stored bytes
 */
public record StoredFile(String name, long length, Digest digest) {

    /** The line that {@code sha256sum -c} reads. */
    public String sumLine() {
        return digest.hex() + "  " + name + "\n";
    }
}
