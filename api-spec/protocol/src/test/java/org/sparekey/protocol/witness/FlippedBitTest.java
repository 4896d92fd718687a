// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.protocol.witness.Parties.HOSTER;
import static org.sparekey.protocol.witness.Parties.LOG;
import static org.sparekey.protocol.witness.Parties.NOON;
import static org.sparekey.protocol.witness.Parties.POLICE;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.SignedNote;

/** Whoever can turn one bit of what travels gains nothing by it. */
class FlippedBitTest {

    private static final Checkpoint SEEN = Parties.checkpoint(7, 0);

    @Test
    void no_bit_of_a_witnessed_proof_can_be_flipped() throws MalformedException {
        WitnessPolicy both = WitnessPolicy.parse("log " + LOG.key().vkey() + "\nwitness p "
                + POLICE.key().vkey() + "\nwitness h " + HOSTER.key().vkey() + "\ngroup both all p h\nquorum both\n");
        SignedNote note = Parties.signed(SEEN, Parties.line(POLICE, SEEN, NOON), Parties.line(HOSTER, SEEN, NOON));
        byte[] good = new LogProof(InclusionProof.make(3, 7, Parties.nodes(0)), note).bytes();
        assertThat(believed(good, both)).isTrue();
        for (int bit = 0; bit < good.length * Byte.SIZE; bit++) {
            assertThat(believed(flipped(good, bit), both)).isFalse();
        }
    }

    private static boolean believed(byte[] bytes, WitnessPolicy policy) {
        Digest leaf = Parties.nodes(0).node(0, 3);
        try {
            LogProof proof = LogProof.parse(bytes);
            return proof.proven(leaf, LOG.key()).isPresent()
                    && policy.judge(proof.checkpoint()).holds();
        } catch (MalformedException refused) {
            return false;
        }
    }

    @Test
    void no_bit_of_a_request_can_be_flipped_and_be_cosigned() {
        Checkpoint five = Parties.checkpoint(5, 0);
        SignedNote stored = Parties.signed(five, Parties.line(POLICE, five, NOON));
        byte[] good = Parties.grow(5, 12).bytes();
        assertThat(status(good, stored)).isEqualTo(200);
        for (int bit = 0; bit < good.length * Byte.SIZE; bit++) {
            assertThat(status(flipped(good, bit), stored)).isIn(400, 403, 404, 409, 422);
        }
    }

    private static int status(byte[] body, SignedNote stored) {
        try {
            AddCheckpoint request = AddCheckpoint.parse(body);
            return new Witnessing(POLICE)
                    .decide(Optional.of(stored), request, List.of(LOG.key()), NOON)
                    .status();
        } catch (MalformedException refused) {
            return 400;
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] forged = bytes.clone();
        forged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return forged;
    }
}
