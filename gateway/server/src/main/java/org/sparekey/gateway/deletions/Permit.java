// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.time.Instant;
import org.sparekey.protocol.deletion.DeletionPermit.Act;
import org.sparekey.protocol.json.Digest;

/**
 * A numbered right to touch a disk once.
 *
 * @param act never NOT_YET
 * @param entry of the intent: nothing is handed out before it is under a checkpoint that counts
 * @param until nothing is done under it from then on
 */
record Permit(int attempt, Act act, Digest entry, Instant until) {}
