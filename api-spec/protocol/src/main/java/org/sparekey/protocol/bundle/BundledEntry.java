// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.require;

import java.util.Arrays;
import java.util.Optional;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;

/**
 * One log entry as the bundle holds it.
 *
 * @param folder such as {@code log/0003}
 * @param leaf RFC 6962 leaf hash of the stored bytes
 * @param payload what the entry commits to, where the bundle opens it
 */
record BundledEntry(String folder, LogEntry entry, Digest leaf, Optional<byte[]> payload) {

    static BundledEntry read(Members members, String folder) throws MissingException, MalformedException {
        byte[] stored = members.need(folder + BundleMembers.ENTRY);
        return new BundledEntry(
                folder,
                LogEntry.parse(stored),
                LogEntry.leafHash(stored),
                members.find(folder + BundleMembers.PAYLOAD));
    }

    /** The checkpoint of the entry's own origin, signed by the key trusted for it, whose tree holds this leaf. */
    Checkpoint proven(Members members, TrustFile trust) throws ForgedException, MissingException, MalformedException {
        byte[] proof = members.need(folder + BundleMembers.PROOF);
        Optional<TrustFile.Log> log = trust.log(entry.origin());
        require(log.isPresent(), folder + ": no key is trusted for the log " + entry.origin());
        NoteKey key = NoteKey.parse(log.orElseThrow().vkey());
        require(key.name().equals(entry.origin()), folder + ": the trusted key names another log");
        Optional<Checkpoint> checkpoint = LogProof.parse(proof).proven(leaf, key);
        require(checkpoint.isPresent(), folder + " is not in a tree that the trusted log key signed");
        return checkpoint.orElseThrow();
    }

    /** Its place in the log; {@link #proven} has judged the proof. */
    long index(Members members) throws MissingException, MalformedException {
        return LogProof.parse(members.need(folder + BundleMembers.PROOF))
                .inclusion()
                .index();
    }

    /** Whether the commitment opens to the payload; an entry that is not opened says nothing. */
    boolean opens(Members members) throws ForgedException, MissingException {
        Optional<byte[]> opening = members.find(folder + BundleMembers.OPENING);
        if (opening.isEmpty() && payload.isEmpty()) {
            return false;
        }
        byte[] text = members.need(folder + BundleMembers.PAYLOAD);
        byte[] salt = members.need(folder + BundleMembers.OPENING);
        require(
                entry.payload().opens(Bytes.of(salt), text),
                folder + ": the commitment does not open to the payload that is enclosed");
        return true;
    }

    boolean commitsTo(byte[] document) {
        return payload.isPresent() && Arrays.equals(payload.get(), document);
    }
}
