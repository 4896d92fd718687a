// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.evidence.Excerpt;
import org.sparekey.protocol.image.ImageHash;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/** Whether each block of an excerpt stood on the disk where it says, by the manifest that the hoster signed. */
final class ExcerptCheck {

    private static final long MAX_BYTES = 16L << 20;

    private final Path folder;

    ExcerptCheck(Path folder) {
        this.folder = folder;
    }

    /** Whether the folder is an excerpt and not a delivery. */
    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(Excerpt.FILE));
    }

    /**
     * @param roots the hoster's certificates, from elsewhere than the folder
     * @return what was proved
     * @throws EvidenceException when a signature does not hold, or a block is altered, misplaced or missing
     */
    Excerpt check(List<X509Certificate> roots) throws IOException, MalformedException {
        FolderCheck delivery = new FolderCheck(folder);
        delivery.unaltered(delivery.list(roots), EvidenceFolder.MANIFEST);
        Excerpt excerpt = read();
        if (!excerpt.manifest().equals(FolderCheck.digest(folder.resolve(EvidenceFolder.MANIFEST)))) {
            throw altered(Excerpt.FILE + " is of another manifest");
        }
        nothingElse(excerpt);
        CapturedDisk disk = EvidenceOpenCommand.manifest(folder).disks().stream()
                .filter(each -> each.number() == excerpt.disk())
                .findFirst()
                .orElseThrow(() -> altered("the manifest has no disk " + excerpt.disk()));
        for (Excerpt.Block block : excerpt.blocks()) {
            String name = Excerpt.blockFile(block.index());
            if (!Excerpt.proves(disk, block, bytes(name))) {
                throw altered(name + " did not stand there, or was altered");
            }
        }
        return excerpt;
    }

    /** A delivery with an excerpt's file thrown in must not pass for checked because the excerpt is. */
    private void nothingElse(Excerpt excerpt) throws IOException {
        Set<String> names = new HashSet<>(
                List.of(EvidenceFolder.SUMS, EvidenceFolder.SUMS_SIGNATURE, EvidenceFolder.MANIFEST, Excerpt.FILE));
        excerpt.blocks().forEach(block -> names.add(Excerpt.blockFile(block.index())));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!names.contains(file.getFileName().toString())) {
                    throw altered(file.getFileName() + " is no part of the excerpt");
                }
            }
        }
    }

    private Excerpt read() throws IOException {
        try {
            return Wire.read(small(Excerpt.FILE), Excerpt.class);
        } catch (MalformedException e) {
            throw new EvidenceException(EvidenceException.Kind.ALTERED, Excerpt.FILE + " cannot be read", e);
        }
    }

    private byte[] bytes(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new EvidenceException(EvidenceException.Kind.INCOMPLETE, name + " is missing");
        }
        if (Files.size(file) > ImageHash.LEAF_BYTES) {
            throw altered(name + " is longer than a block");
        }
        return Files.readAllBytes(file);
    }

    private byte[] small(String name) throws IOException {
        Path file = folder.resolve(name);
        if (Files.size(file) > MAX_BYTES) {
            throw altered(name + " is too long");
        }
        return Files.readAllBytes(file);
    }

    private static EvidenceException altered(String words) {
        return new EvidenceException(EvidenceException.Kind.ALTERED, words);
    }
}
