// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.tree.NoteKey;

/**
 * What a policy finds under a checkpoint.
 *
 * @param log which of the policy's logs signed; empty when none did, or the policy names none
 * @param seen the policy's witnesses that cosigned, in the policy's order
 * @param quorum whether they are enough
 * @param holds whether the checkpoint counts: the quorum, and a log's signature where the policy names logs
 */
public record PolicyVerdict(Optional<NoteKey> log, List<Sighting> seen, boolean quorum, boolean holds) {

    public PolicyVerdict {
        seen = List.copyOf(seen);
    }

    /**
     * One witness and when it saw this tree.
     *
     * @param witness its name in the policy
     * @param at the earliest time it signed
     */
    public record Sighting(String witness, WitnessKey key, Instant at) {}
}
