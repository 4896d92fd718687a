// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import org.sparekey.protocol.json.Digest;

/**
 * One sealed volume.
 *
 * @param number {@code NNNNNN} of the file name
 * @param offset of its first plaintext byte in the image
 * @param length plaintext bytes
 * @param ciphertext SHA-256 of the stored file; also its strong ETag
 * @param ciphertextLength bytes of the stored file
 */
public record CapturedVolume(int number, long offset, long length, Digest ciphertext, long ciphertextLength) {

    public CapturedVolume {
        if (number < 0 || number > EvidenceFolder.MAX_VOLUME) {
            throw new IllegalArgumentException("a volume's number is between 0 and 999999");
        }
        if (offset < 0 || length <= 0 || ciphertextLength <= 0) {
            throw new IllegalArgumentException("a volume is not empty and begins at 0 or later");
        }
    }
}
