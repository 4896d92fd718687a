// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.evidence.Excerpt;
import org.sparekey.protocol.image.ImageHash;
import org.sparekey.protocol.image.ImageTree;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.tree.InclusionProof;

/** Takes blocks out of an opened image, with what proves each of them. */
final class ExcerptWriter {

    private final Path folder;
    private final CapturedDisk disk;
    private final Path image;

    /**
     * @param folder the delivery, checked
     * @param image the opened image of this disk
     */
    ExcerptWriter(Path folder, CapturedDisk disk, Path image) {
        this.folder = folder;
        this.disk = disk;
        this.image = image;
    }

    /**
     * Reads the whole image once, then the wanted blocks.
     *
     * @param indices of 1 MiB blocks inside the image
     * @param target a folder that is not there yet
     * @throws EvidenceException when this is not the image of that disk, or was altered
     */
    void write(SortedSet<Long> indices, Path target) throws IOException {
        ImageTree tree = tree();
        if (Files.size(image) != disk.virtualSize() || !tree.root().equals(disk.treeRoot())) {
            throw new EvidenceException(
                    EvidenceException.Kind.ALTERED, image.getFileName() + " is not the image of " + disk.target());
        }
        Files.createDirectory(target);
        List<Excerpt.Block> blocks = new ArrayList<>();
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
            for (long index : indices) {
                byte[] bytes = new byte[Excerpt.length(disk, index)];
                file.seek(index * ImageHash.LEAF_BYTES);
                file.readFully(bytes);
                Files.write(target.resolve(Excerpt.blockFile(index)), bytes);
                blocks.add(new Excerpt.Block(
                        index, InclusionProof.make(index, tree.size(), tree).path()));
            }
        }
        for (String name : List.of(EvidenceFolder.SUMS, EvidenceFolder.SUMS_SIGNATURE, EvidenceFolder.MANIFEST)) {
            Files.copy(folder.resolve(name), target.resolve(name));
        }
        Digest manifest = FolderCheck.digest(folder.resolve(EvidenceFolder.MANIFEST));
        Files.write(target.resolve(Excerpt.FILE), Wire.write(new Excerpt(1, manifest, disk.number(), blocks)));
    }

    private ImageTree tree() throws IOException {
        ImageTree tree = new ImageTree();
        byte[] leaf = new byte[ImageHash.LEAF_BYTES];
        try (InputStream in = Files.newInputStream(image)) {
            for (int count = in.readNBytes(leaf, 0, leaf.length);
                    count > 0;
                    count = in.readNBytes(leaf, 0, leaf.length)) {
                tree.append(ImageHash.leaf(leaf, count));
            }
        }
        return tree;
    }
}
