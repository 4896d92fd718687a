// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.json.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a delivery folder without opening it, or an excerpt. */
@NullUnmarked
@Command(
        name = "verify",
        description = "Checks that a folder is whole and signed by the hoster.",
        mixinStandardHelpOptions = true)
final class EvidenceVerifyCommand implements Callable<Integer> {

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "DIR", description = "the fetched folder, or an excerpt")
    private Path folder;

    @Option(names = "--ca", required = true, paramLabel = "FILE", description = "the hoster's certificates, PEM")
    private Path ca;

    @Override
    public Integer call() throws IOException, MalformedException {
        if (ExcerptCheck.is(folder)) {
            int blocks = new ExcerptCheck(folder)
                    .check(PemFile.certificates(ca))
                    .blocks()
                    .size();
            printing.line(blocks + " blocks, each where the manifest that the hoster signed has it");
            return ExitCode.OK;
        }
        int files = new FolderCheck(folder)
                .check(PemFile.certificates(ca))
                .digests()
                .size();
        printing.line(files + " files, each as the hoster signed it");
        return ExitCode.OK;
    }
}
