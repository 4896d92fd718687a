// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import org.sparekey.protocol.json.Digest;

/**
 * One sealed volume of a disk: a complete age file.
 *
 * @param number from 1
 * @param offset of its first plaintext byte in the raw image
 * @param length plaintext bytes
 * @param ciphertextDigest SHA-256 of the file, its strong ETag
 * @param ciphertextLength bytes of the file
 */
public record SealedVolume(
        int number, String name, long offset, long length, Digest ciphertextDigest, long ciphertextLength) {}
