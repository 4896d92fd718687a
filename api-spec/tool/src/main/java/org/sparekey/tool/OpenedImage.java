// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.nio.file.Path;
import org.sparekey.protocol.image.ImageDigests;

/**
 * One image, opened and found to be what the lists say.
 *
 * @param disk number, as in the file names
 */
public record OpenedImage(int disk, Path file, ImageDigests digests) {}
