// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog.witness;

import java.time.Instant;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.witness.AddCheckpoint;

/** What follows from a witness's answer. */
public sealed interface Offered {

    /** It knows another size than we believed: the same checkpoint again, with the proof from there. */
    record Again(AddCheckpoint request) implements Offered {}

    /** Verified under the witness's key. */
    record Cosigned(NoteSignature line, Instant at) implements Offered {}

    /** It has seen a larger tree than this one; whether our database has too is for the caller to look up. */
    record Ahead(long size) implements Offered {}

    /** It has seen a tree of this size that is no beginning of ours. */
    record OtherTree(long size) implements Offered {}

    /** Nothing was learnt. @param code for facts and alarms, in our own words */
    record Failed(String code) implements Offered {}
}
