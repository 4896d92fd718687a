// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Matrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a published matrix: the bytes that officers sign for and a lawyer reads. */
@NullUnmarked
@Command(name = "show", description = "Prints a published matrix.", mixinStandardHelpOptions = true)
final class LawShowCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--version-of-matrix", paramLabel = "VERSION", description = "default: the newest")
    private String version = Matrix.newest();

    @Option(names = "--digest", description = "print its SHA-256 only")
    private boolean digest;

    @Override
    public Integer call() throws MalformedException {
        byte[] bytes = Matrix.packagedBytes(version)
                .orElseThrow(() -> new MalformedException("", "no matrix of version " + version + " was published"));
        PrintWriter out = spec.commandLine().getOut();
        out.print(digest ? Digest.sha256(bytes).hex() + "\n" : new String(bytes, StandardCharsets.UTF_8));
        out.flush();
        return ExitCode.OK;
    }
}
