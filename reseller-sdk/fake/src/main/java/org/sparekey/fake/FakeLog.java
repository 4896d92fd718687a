// SPDX-License-Identifier: Apache-2.0
package org.sparekey.fake;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.log.Commitment;
import org.sparekey.protocol.log.LogActor;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.registration.LineTree;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TreeHash;

/** An RFC 6962 tree in memory; every proof is under a checkpoint of the whole tree as it is. */
final class FakeLog {

    private static final String ORIGIN = "fake.sparekey.invalid/log/registry/2026";
    private static final int SEED_BYTES = 32;

    private final SecureRandom random;
    private final NoteSigner signer;
    private final List<Digest> leaves = new ArrayList<>();

    FakeLog(SecureRandom random) {
        this.random = random;
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        this.signer = new NoteSigner(ORIGIN, seed);
        append("shard.start", new byte[0], Map.of(), Instant.EPOCH);
    }

    /** An entry where it lies; the opening is its committer's alone. */
    record Entered(long index, Bytes entry, Digest leafHash, Bytes opening) {}

    Entered append(String type, byte[] payload, Map<String, String> clear, Instant at) {
        byte[] salt = new byte[Commitment.SALT_BYTES];
        random.nextBytes(salt);
        Bytes opening = Bytes.of(salt);
        byte[] entry = new LogEntry(
                        LogEntry.VERSION,
                        ORIGIN,
                        type,
                        new UUID(random.nextLong(), random.nextLong()),
                        at,
                        new LogActor("RESELLER", Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        clear,
                        Commitment.to(opening, payload))
                .bytes();
        Digest leaf = TreeHash.leaf(entry);
        leaves.add(leaf);
        return new Entered(leaves.size() - 1L, Bytes.of(entry), leaf, opening);
    }

    String proof(long index) {
        LineTree tree = LineTree.of(leaves);
        String checkpoint = new Checkpoint(ORIGIN, leaves.size(), tree.root()).text();
        InclusionProof inclusion = new InclusionProof(index, leaves.size(), tree.path(Math.toIntExact(index)));
        LogProof proof = new LogProof(inclusion, new SignedNote(checkpoint, List.of(signer.sign(checkpoint))));
        return new String(proof.bytes(), StandardCharsets.UTF_8);
    }

    String vkey() {
        return signer.key().vkey();
    }
}
