// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.util.List;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.protocol.document.SignedDocument;

/**
 * A complete sealed copy with its signed manifest and list of files. Only this room makes one.
 *
 * @param files every delivered file, by name
 */
record SealedEvidence(SignedDocument manifest, List<StoredFile> files) {
    SealedEvidence {
        files = List.copyOf(files);
    }
}
