// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/** What the gateway enters where no actor's document is the payload: which order, and the clear words once more. */
record OwnWords(int v, String type, UUID orderId, Digest orderDigest, Map<String, String> facts) {

    /** Empty where the entry commits to something else, or is not opened. */
    static Optional<OwnWords> of(BundledEntry entry) {
        try {
            return entry.payload().isPresent()
                    ? Optional.of(Wire.read(entry.payload().get(), OwnWords.class))
                    : Optional.empty();
        } catch (MalformedException somethingElse) {
            return Optional.empty();
        }
    }
}
