// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.witness.Cosigner;
import org.sparekey.tool.witness.WitnessKeyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a key and prints its public half, which goes into policies and trust files. */
@NullUnmarked
@Command(
        name = "new",
        description =
                "Makes a key, readable by its owner only, and prints the verifier key for policies and trust files.",
        mixinStandardHelpOptions = true)
final class WitnessKeyNewCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "the witness's name, such as witness.police.example/w1")
    private String name;

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "the file to write; must not exist")
    private Path key;

    @Override
    public Integer call() throws IOException {
        Cosigner cosigner;
        try {
            cosigner = Cosigner.generate(name, Sources.random());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--name: " + e.getMessage(), e);
        }
        try {
            WitnessKeyFile.write(key, cosigner);
        } catch (FileAlreadyExistsException e) {
            spec.commandLine().getErr().println(key + " exists; a key is never overwritten");
            return ExitCode.CONFLICT;
        }
        spec.commandLine().getOut().println(cosigner.key().vkey());
        return ExitCode.OK;
    }
}
