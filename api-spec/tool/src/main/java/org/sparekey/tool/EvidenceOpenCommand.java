// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies a folder, then opens it: never the other way round. */
@NullUnmarked
@Command(
        name = "open",
        description = "Verifies a folder and opens it into raw images.",
        mixinStandardHelpOptions = true)
final class EvidenceOpenCommand implements Callable<Integer> {

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "DIR", description = "the fetched folder")
    private Path folder;

    @Option(names = "--ca", required = true, paramLabel = "FILE", description = "the hoster's certificates, PEM")
    private Path ca;

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "your private key, PEM")
    private Path key;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where the images go")
    private Path out;

    @Option(names = "--quiet", description = "no progress bar")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, MalformedException {
        new FolderCheck(folder).check(PemFile.certificates(ca));
        List<OpenedImage> images;
        try (Bar bar = Bar.of("open", quiet)) {
            images = new EvidenceOpener(
                            folder, ExpectedImages.of(manifest(folder).disks()))
                    .open(RecipientKey.read(key), out, bar::at);
        }
        for (OpenedImage image : images) {
            printing.line(image.digests().image().hex() + "  " + image.file());
        }
        return ExitCode.OK;
    }

    /** Its digest is in the signed list that was just checked. */
    static Manifest manifest(Path folder) throws IOException, MalformedException {
        return SignedDocument.parse(Files.readString(folder.resolve(EvidenceFolder.MANIFEST))
                        .strip())
                .read(Manifest.TYPE, Manifest.class);
    }
}
