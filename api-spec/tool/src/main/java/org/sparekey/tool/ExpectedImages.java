// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.CapturedVolume;
import org.sparekey.protocol.evidence.DigestList;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.json.Digest;

/** What opening must find: from the manifest, or from {@code IMAGES.sha256} alone. */
public final class ExpectedImages {

    /** @param captured everything that the manifest says about the disk */
    record Image(int disk, Digest image, List<Volume> volumes, Optional<CapturedDisk> captured) {}

    record Volume(String name, Optional<CapturedVolume> captured) {}

    private final List<Image> images;

    private ExpectedImages(List<Image> images) {
        this.images = List.copyOf(images);
    }

    /** Sizes, tree roots and every volume's digest are checked too. The caller has verified the manifest. */
    public static ExpectedImages of(List<CapturedDisk> disks) {
        List<Image> images = new ArrayList<>();
        for (CapturedDisk disk : disks) {
            List<Volume> volumes = disk.volumes().stream()
                    .map(volume ->
                            new Volume(EvidenceFolder.volume(disk.number(), volume.number()), Optional.of(volume)))
                    .toList();
            images.add(new Image(disk.number(), disk.image(), volumes, Optional.of(disk)));
        }
        return new ExpectedImages(images);
    }

    /** The whole-image digests only; the volumes are those that lie in the folder, without a gap. */
    public static ExpectedImages of(DigestList list, Path folder) throws IOException {
        List<Image> images = new ArrayList<>();
        for (int disk = 0; disk <= EvidenceFolder.MAX_DISK; disk++) {
            Digest image = list.digests().get(EvidenceFolder.image(disk));
            if (image != null) {
                images.add(new Image(disk, image, volumes(folder, disk), Optional.empty()));
            }
        }
        if (images.size() != list.digests().size()) {
            throw new EvidenceException(EvidenceException.Kind.ALTERED, "the list of images names other files");
        }
        return new ExpectedImages(images);
    }

    List<Image> images() {
        return images;
    }

    private static List<Volume> volumes(Path folder, int disk) throws IOException {
        String prefix = EvidenceFolder.volume(disk, 0).substring(0, "disk00-".length());
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> EvidenceFolder.isVolume(name) && name.startsWith(prefix))
                    .sorted()
                    .toList();
            for (int i = 0; i < names.size(); i++) {
                if (!names.get(i).equals(EvidenceFolder.volume(disk, i + 1))) {
                    throw new EvidenceException(
                            EvidenceException.Kind.INCOMPLETE, EvidenceFolder.volume(disk, i + 1) + " is missing");
                }
            }
            return names.stream()
                    .map(name -> new Volume(name, Optional.empty()))
                    .toList();
        }
    }
}
