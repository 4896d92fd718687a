// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.image;

import org.sparekey.protocol.json.Digest;

/**
 * What identifies the content of a raw image.
 *
 * @param length bytes
 * @param image SHA-256 of the whole image, as {@code sha256sum} computes it
 * @param treeRoot RFC 6962 section 2.1 root over leaves of {@link ImageHash#LEAF_BYTES}; the last leaf may be shorter
 */
public record ImageDigests(long length, Digest image, Digest treeRoot) {}
