// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.image.ImageDigests;

/**
 * Opens a delivery folder: {@code key.cms} with the investigator's key, then the volumes in order, as
 * {@code age -d | zstd -d} would, into sparse raw images. An image appears under its name only when it is exactly what
 * was expected.
 */
public final class EvidenceOpener {

    private static final String UNFINISHED = ".part";

    private final Path folder;
    private final ExpectedImages expected;

    public EvidenceOpener(Path folder, ExpectedImages expected) {
        this.folder = folder;
        this.expected = expected;
    }

    /**
     * Writes {@code disk<NN>.raw} into {@code target}, which is created; an existing image is never overwritten.
     *
     * @throws EvidenceException when a volume is missing, anything is altered, or the key is no recipient's
     */
    public List<OpenedImage> open(RecipientKey key, Path target, OpeningProgress progress) throws IOException {
        long total = ciphertextBytes();
        Files.createDirectories(target);
        byte[] identity = key.open(present(EvidenceFolder.KEY));
        try {
            VolumeReader reader = new VolumeReader(folder, identity(identity), progress, total);
            List<OpenedImage> opened = new ArrayList<>();
            for (ExpectedImages.Image image : expected.images()) {
                opened.add(open(reader, image, target.resolve(EvidenceFolder.image(image.disk()))));
            }
            return opened;
        } finally {
            Arrays.fill(identity, (byte) 0);
        }
    }

    private OpenedImage open(VolumeReader reader, ExpectedImages.Image image, Path file) throws IOException {
        if (Files.exists(file)) {
            throw new IOException(file.getFileName() + " exists and is not overwritten");
        }
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        try {
            ImageDigests digests;
            try (SparseImage out = new SparseImage(unfinished)) {
                for (ExpectedImages.Volume volume : image.volumes()) {
                    reader.read(volume, out);
                }
                digests = out.finish();
            }
            check(image, digests);
            Files.move(unfinished, file);
            return new OpenedImage(image.disk(), file, digests);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void check(ExpectedImages.Image image, ImageDigests digests) throws EvidenceException {
        boolean as = image.image().equals(digests.image())
                && image.captured()
                        .map(disk -> disk.virtualSize() == digests.length()
                                && disk.treeRoot().equals(digests.treeRoot()))
                        .orElse(true);
        if (!as) {
            throw new EvidenceException(
                    EvidenceException.Kind.ALTERED,
                    EvidenceFolder.image(image.disk()) + " is not the image that was captured");
        }
    }

    private long ciphertextBytes() throws IOException {
        long total = 0;
        for (ExpectedImages.Image image : expected.images()) {
            for (ExpectedImages.Volume volume : image.volumes()) {
                total += Files.size(present(volume.name()));
            }
        }
        return total;
    }

    private Path present(String name) throws EvidenceException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new EvidenceException(EvidenceException.Kind.INCOMPLETE, name + " is missing");
        }
        return file;
    }

    private static String identity(byte[] file) {
        return new String(file, StandardCharsets.US_ASCII).strip();
    }
}
