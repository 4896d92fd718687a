// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sparekey.protocol.bundle.TrustFile;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.ConsistencyProof;
import org.sparekey.protocol.tree.EntryBundle;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TileNodes;
import org.sparekey.protocol.tree.TilePath;
import org.sparekey.testkit.world.World;

/** A log as an outsider reads it from its published files, with the key from the verifier's own trust file. */
final class PublishedLog {

    private final Path directory;
    private final List<NoteKey> keys = new ArrayList<>();

    /** @param name {@code case} or {@code registry} */
    PublishedLog(World world, String name) throws IOException, MalformedException {
        try (Stream<Path> years = Files.list(world.logDirectory().resolve(name))) {
            this.directory = years.findFirst().orElseThrow();
        }
        for (TrustFile.Log log :
                TrustFile.parse(Files.readAllBytes(world.trustFile())).logs()) {
            keys.add(NoteKey.parse(log.vkey()));
        }
    }

    /** The newest published checkpoint, which a trusted key must have signed under the log's own name. */
    Checkpoint head() throws IOException, MalformedException {
        SignedNote note = SignedNote.parse(Files.readAllBytes(directory.resolve("checkpoint")));
        Checkpoint head = Checkpoint.parse(note.text());
        if (note.signers(keys).stream().noneMatch(key -> key.name().equals(head.origin()))) {
            throw new AssertionError("a checkpoint that its log did not sign: " + head.origin());
        }
        return head;
    }

    /** Whether the old tree is a prefix of the one published now, and the tiles have the root that was signed. */
    boolean extendsTree(Checkpoint old) throws IOException, MalformedException {
        Checkpoint now = head();
        TileNodes nodes = new TileNodes(now.size(), this::tile);
        return nodes.root(now.size()).equals(now.root())
                && now.origin().equals(old.origin())
                && ConsistencyProof.make(old.size(), now.size(), nodes).proves(old.root(), now.root());
    }

    /** The entries of the case that the entry at this index belongs to, in their order in the log. */
    List<LogEntry> caseOf(long index) throws IOException, MalformedException {
        List<LogEntry> all = entries();
        String caseId = all.get(Math.toIntExact(index)).caseId().orElseThrow();
        return all.stream()
                .filter(entry -> entry.caseId().filter(caseId::equals).isPresent())
                .toList();
    }

    private List<LogEntry> entries() throws IOException, MalformedException {
        long size = head().size();
        List<LogEntry> entries = new ArrayList<>();
        for (long index = 0; index * TilePath.FULL < size; index++) {
            TilePath path = TilePath.in(size, TilePath.ENTRIES, index).orElseThrow();
            for (byte[] entry : EntryBundle.decode(tile(path))) {
                entries.add(LogEntry.parse(entry));
            }
        }
        return entries;
    }

    private byte[] tile(TilePath path) {
        try {
            return Files.readAllBytes(directory.resolve(path.path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
