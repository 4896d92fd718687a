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

    /**
     * Its proof, which holds: the checkpoint of the entry's own origin, signed by the key trusted for it, has a tree that
     * holds this leaf.
     */
    LogProof proven(Members members, TrustFile trust) throws ForgedException, MissingException, MalformedException {
        LogProof proof = LogProof.parse(members.need(folder + BundleMembers.PROOF));
        Optional<TrustFile.Log> log = trust.log(entry.origin());
        require(log.isPresent(), Finding.LOG_NOT_TRUSTED, entry.origin());
        NoteKey key = NoteKey.parse(log.orElseThrow().vkey());
        require(key.name().equals(entry.origin()), Finding.LOG_KEY_OF_ANOTHER, entry.origin());
        require(proof.proven(leaf, key).isPresent(), Finding.ENTRY_NOT_PROVEN, folder);
        return proof;
    }

    /** Whether the commitment opens to the payload; an entry that is not opened says nothing. */
    boolean opens(Members members) throws ForgedException, MissingException {
        Optional<byte[]> opening = members.find(folder + BundleMembers.OPENING);
        if (opening.isEmpty() && payload.isEmpty()) {
            return false;
        }
        byte[] text = members.need(folder + BundleMembers.PAYLOAD);
        byte[] salt = members.need(folder + BundleMembers.OPENING);
        require(entry.payload().opens(Bytes.of(salt), text), Finding.OPENING_DIFFERS, folder);
        return true;
    }

    boolean commitsTo(byte[] document) {
        return payload.isPresent() && Arrays.equals(payload.get(), document);
    }

    boolean is(String type) {
        return entry.type().equals(type);
    }
}
