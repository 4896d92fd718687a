// SPDX-License-Identifier: Apache-2.0
/**
 * Tiled transparency logs: RFC 6962 trees, their proofs, tiles, signed notes, checkpoints and offline proofs
 * (C2SP tlog-tiles, signed-note, tlog-checkpoint, tlog-proof).
 */
@NullMarked
package org.sparekey.protocol.tree;

import org.jspecify.annotations.NullMarked;
