// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.protocol.registration.Registrations.LOG;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;
import org.sparekey.protocol.registration.FieldCommitment.Field;
import org.sparekey.protocol.registration.ReceiptCheck.Outcome;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.TreeHash;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whoever holds a record and its receipt, years later and with nothing else but the log's key: no commitment, salt or
 * pseudonym of it can have been changed without the signed root, and with it the receipt, ceasing to hold.
 */
class AlteredRecordTest {

    private static final int RECORD = 1;

    private final SigningKey key = TestKeys.p256();
    private final RegistrationBatch batch = Registrations.batch(key, 3);
    private final BatchReceipt receipt = Registrations.receipt(batch);

    @Test
    void an_altered_commitment_of_any_field_is_caught_by_the_receipt_and_by_the_lines_own_path() throws Exception {
        for (Field field : Field.values()) {
            assertCaught(altered("/commitments", field.label()));
        }
    }

    @Test
    void an_altered_salt_is_caught() throws Exception {
        assertCaught(altered("", "salt"));
    }

    @Test
    void an_altered_pseudonym_is_caught() throws Exception {
        assertCaught(altered("", "pseudonym"));
    }

    @Test
    void the_record_as_it_was_signed_passes_the_same_questions() throws Exception {
        assertThat(ReceiptCheck.check(receipt, batch, LOG.key())).isEqualTo(Outcome.PROVEN);
        assertThat(underRoot(batch.lines().get(RECORD).array())).isTrue();
    }

    private void assertCaught(byte[] line) throws Exception {
        assertThat(RecordCheck.read(line)).as("a good record, only another one").isInstanceOf(LineReading.Good.class);
        assertThat(ReceiptCheck.check(receipt, holding(line), LOG.key())).isEqualTo(Outcome.PATH_DOES_NOT_HOLD);
        assertThat(underRoot(line)).isFalse();
    }

    /** The record with the lowest bit of one member's first byte turned. */
    private byte[] altered(String object, String member) throws Exception {
        ObjectNode tree = (ObjectNode) Wire.tree(batch.lines().get(RECORD).array());
        ObjectNode parent = object.isEmpty() ? tree : (ObjectNode) tree.at(object);
        byte[] bytes = Bytes.parse(parent.path(member).stringValue()).array();
        bytes[0] ^= 1;
        parent.put(member, Bytes.of(bytes).base64url());
        byte[] line = Wire.write(tree);
        assertThat(Arrays.equals(line, batch.lines().get(RECORD).array())).isFalse();
        return line;
    }

    private RegistrationBatch holding(byte[] line) {
        List<Bytes> lines = new ArrayList<>(batch.lines());
        lines.set(RECORD, Bytes.of(line));
        return new RegistrationBatch(batch.header(), lines);
    }

    /** What proves one line without the others: its path to the root that the reseller signed. */
    private boolean underRoot(byte[] line) throws Exception {
        BatchHeader header = batch.header().read(BatchHeader.TYPE, BatchHeader.class);
        List<Digest> path = receipt.verdicts().get(RECORD).path();
        return new InclusionProof(RECORD, header.count(), path).proves(TreeHash.leaf(line), header.root());
    }
}
