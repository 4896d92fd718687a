// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;
import org.sparekey.protocol.registration.ReceiptCheck.Outcome;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.NoteSigner;
import tools.jackson.databind.node.ObjectNode;

class ReceiptCheckTest {

    private static final NoteKey LOG = Registrations.LOG.key();

    private final SigningKey key = TestKeys.p256();
    private final RegistrationBatch batch = Registrations.batch(key, 3);
    private final BatchReceipt receipt = Registrations.receipt(batch);

    @Test
    void an_honest_receipt_is_proven_also_after_it_was_stored_as_text() throws Exception {
        assertThat(ReceiptCheck.check(receipt, batch, LOG)).isEqualTo(Outcome.PROVEN);
        BatchReceipt stored = Wire.read(Wire.write(receipt), BatchReceipt.class);
        assertThat(ReceiptCheck.check(stored, batch, LOG)).isEqualTo(Outcome.PROVEN);
    }

    @Test
    void without_a_proof_it_is_pending_and_never_proven() {
        assertThat(ReceiptCheck.check(with("proof", null), batch, LOG)).isEqualTo(Outcome.PENDING);
        assertThat(ReceiptCheck.check(with("entry", null), batch, LOG)).isEqualTo(Outcome.PENDING);
    }

    @Test
    void a_receipt_for_another_batch_of_the_same_reseller_is_refused() {
        assertThat(ReceiptCheck.check(receipt, Registrations.batch(key, 2), LOG))
                .isEqualTo(Outcome.OTHER_BATCH);
        assertThat(ReceiptCheck.check(with("seq", 2), batch, LOG)).isEqualTo(Outcome.OTHER_BATCH);
        assertThat(ReceiptCheck.check(with("reseller", "other"), batch, LOG)).isEqualTo(Outcome.OTHER_BATCH);
    }

    @Test
    void a_refusal_turned_into_an_acceptance_is_noticed() {
        List<LineVerdict> verdicts = new ArrayList<>(receipt.verdicts());
        verdicts.set(1, LineVerdict.accepted(3, verdicts.get(1).path()));
        assertThat(ReceiptCheck.check(with("verdicts", verdicts), batch, LOG)).isEqualTo(Outcome.VERDICTS_DIFFER);
    }

    @Test
    void a_verdict_that_lost_its_path_is_noticed() {
        List<LineVerdict> verdicts = new ArrayList<>(receipt.verdicts());
        verdicts.set(0, LineVerdict.accepted(2, List.of()));
        assertThat(ReceiptCheck.check(with("verdicts", verdicts), batch, LOG)).isEqualTo(Outcome.PATH_DOES_NOT_HOLD);
    }

    @Test
    void an_entry_that_commits_to_another_document_is_noticed() {
        Bytes other = Bytes.of(new byte[32]);
        assertThat(ReceiptCheck.check(with("opening", other), batch, LOG)).isEqualTo(Outcome.COMMITMENT_DOES_NOT_OPEN);
    }

    @Test
    void a_log_under_a_foreign_key_or_name_proves_nothing() {
        NoteKey foreign = new NoteSigner(LOG.name(), Registrations.filled(5, 32)).key();
        assertThat(ReceiptCheck.check(receipt, batch, foreign)).isEqualTo(Outcome.NOT_IN_THE_LOG);
        NoteKey otherLog = new NoteSigner("other.invalid/log/registry/2026", new byte[32]).key();
        assertThat(ReceiptCheck.check(receipt, batch, otherLog)).isEqualTo(Outcome.OTHER_ENTRY);
    }

    @Test
    void no_single_altered_byte_of_the_entry_passes() {
        byte[] entry = receipt.entry().orElseThrow().array();
        for (int i = 0; i < entry.length; i++) {
            byte[] altered = entry.clone();
            altered[i] ^= 1;
            BatchReceipt forged = with("entry", Bytes.of(altered));
            assertThat(ReceiptCheck.check(forged, batch, LOG)).as("byte %d", i).isNotEqualTo(Outcome.PROVEN);
        }
    }

    @Test
    void another_index_or_leaf_hash_is_noticed() {
        assertThat(ReceiptCheck.check(with("index", 0), batch, LOG)).isEqualTo(Outcome.NOT_IN_THE_LOG);
        assertThat(ReceiptCheck.check(with("leafHash", Digest.sha256(new byte[0])), batch, LOG))
                .isEqualTo(Outcome.OTHER_ENTRY);
        assertThat(ReceiptCheck.check(with("proof", "rubbish"), batch, LOG)).isEqualTo(Outcome.NOT_IN_THE_LOG);
    }

    private BatchReceipt with(String member, @org.jspecify.annotations.Nullable Object value) {
        try {
            ObjectNode tree = (ObjectNode) Wire.tree((Object) receipt);
            Optional.ofNullable(value)
                    .ifPresentOrElse(present -> tree.set(member, Wire.tree(present)), () -> tree.remove(member));
            return Wire.read(tree, BatchReceipt.class);
        } catch (org.sparekey.protocol.json.MalformedException e) {
            throw new AssertionError(e);
        }
    }
}
