// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.util.Optional;

/**
 * What became of one line.
 *
 * @param line 2 for the first record, as an editor counts
 * @param accepted false with a code and a JSON pointer
 */
public record LineVerdict(int line, boolean accepted, Optional<String> code, Optional<String> pointer) {}
