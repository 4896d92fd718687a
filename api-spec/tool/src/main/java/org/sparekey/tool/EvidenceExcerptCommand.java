// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.evidence.Excerpt;
import org.sparekey.protocol.image.ImageHash;
import org.sparekey.protocol.json.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands on what a case needs of an image, provable, and not the rest. */
@NullUnmarked
@Command(
        name = "excerpt",
        description = {
            "Takes blocks of an opened image into a folder of their own, each provable against the signed manifest.",
            "Blocks are 1 MiB: what else stands in them goes along."
        },
        mixinStandardHelpOptions = true)
final class EvidenceExcerptCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "DIR", description = "the fetched folder")
    private Path folder;

    @Option(names = "--ca", required = true, paramLabel = "FILE", description = "the hoster's certificates, PEM")
    private Path ca;

    @Option(names = "--image", required = true, paramLabel = "FILE", description = "the opened image")
    private Path image;

    @Option(names = "--disk", defaultValue = "1", paramLabel = "N", description = "which disk (default: 1)")
    private int number;

    @Option(
            names = "--range",
            required = true,
            paramLabel = "OFFSET:LENGTH",
            description = "bytes of the image that are wanted; may be given again")
    private List<String> ranges;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "the new folder")
    private Path out;

    @Override
    public Integer call() throws IOException, MalformedException {
        new FolderCheck(folder).check(PemFile.certificates(ca));
        CapturedDisk disk = EvidenceOpenCommand.manifest(folder).disks().stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow(() -> wrong("the manifest has no disk " + number));
        SortedSet<Long> blocks = blocks(disk);
        new ExcerptWriter(folder, disk, image).write(blocks, out);
        printing.line(blocks.size() + " blocks of " + EvidenceFolder.image(number) + " in " + out);
        return ExitCode.OK;
    }

    private SortedSet<Long> blocks(CapturedDisk disk) {
        SortedSet<Long> blocks = new TreeSet<>();
        for (String range : ranges) {
            if (!range.matches("[0-9]{1,18}:[0-9]{1,18}")) {
                throw wrong("a range is OFFSET:LENGTH in bytes, such as 1048576:4096");
            }
            long offset = Long.parseLong(range.substring(0, range.indexOf(':')));
            long length = Long.parseLong(range.substring(range.indexOf(':') + 1));
            if (length == 0 || length > disk.virtualSize() || offset > disk.virtualSize() - length) {
                throw wrong("the image has " + disk.virtualSize() + " bytes, and " + range + " is not inside");
            }
            long last = (offset + length - 1) / ImageHash.LEAF_BYTES;
            for (long index = offset / ImageHash.LEAF_BYTES; index <= last; index++) {
                blocks.add(index);
                if (blocks.size() > Excerpt.MAX_BLOCKS) {
                    throw wrong("an excerpt has " + Excerpt.MAX_BLOCKS + " blocks at most");
                }
            }
        }
        return blocks;
    }

    private ParameterException wrong(String words) {
        return new ParameterException(spec.commandLine(), words);
    }
}
