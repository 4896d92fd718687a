// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OrderThaw;
import org.sparekey.protocol.joint.ThawOutcome;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.SigningKey;

/** The sample's row is found behind its log while officers decide, and two of them let it go on. */
final class SampleThaw implements BiConsumer<SampleLog, SignedDocument> {

    /** What is changed of the statement before it is signed. */
    UnaryOperator<OrderThaw> word = UnaryOperator.identity();

    /** Who signs. */
    List<SigningKey> officers;

    /** What is entered between the freezing and the word. */
    List<String> between = List.of();

    boolean frozen = true;
    boolean thawed = true;

    /** The freezing that the word is about, instead of the newest. */
    Optional<Digest> other = Optional.empty();

    SampleThaw(SampleCase sample) {
        officers = List.of(sample.officer1, sample.officer2);
    }

    @Override
    public void accept(SampleLog log, SignedDocument order) {
        Digest entry = frozen
                ? log.append(CaseEntry.FROZEN, SampleCase.at(6), SampleCase.ascii("{}"))
                : Digest.sha256(new byte[0]);
        between.forEach(type -> log.append(type, SampleCase.at(6), SampleCase.ascii("{}")));
        if (!thawed) {
            return;
        }
        OrderThaw said = word.apply(new OrderThaw(
                OrderThaw.VERSION,
                OrderThaw.TYPE,
                SampleLog.CASE,
                order.digest(),
                other.orElse(entry),
                ThawOutcome.AS_LOGGED,
                "the backup of the morning came back",
                List.of("O-1", "O-2"),
                SampleCase.at(6),
                SampleCase.salt(12)));
        JointStatement joint = JointStatement.of(said);
        for (SigningKey officer : officers) {
            joint = joint.signedBy(officer, said);
        }
        log.append(
                ThawOutcome.AS_LOGGED.entryType(),
                SampleCase.at(6),
                joint.bytes(),
                Map.of(OrderThaw.FROZEN, entry.base64url()));
    }
}
