// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.MatrixAdoption;
import org.sparekey.protocol.joint.OfficersStatement;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Matrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Two officers adopt the newest matrix, one after the other, over one file; the second signs what the first wrote. */
@NullUnmarked
@Command(
        name = "adopt",
        description = "Signs for the newest legal-basis matrix; two officers do, the second with --also.",
        mixinStandardHelpOptions = true)
final class LawAdoptCommand implements Callable<Integer> {

    private static final int DAYS = 365;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "FILE", description = "the adoption, for sparekey.law.adoption of the gateway")
    private Path file;

    @Option(
            names = "--officers",
            split = ",",
            paramLabel = "NUMBER,NUMBER",
            description = "both officers' numbers: begins a new adoption")
    private List<String> officers;

    @Option(names = "--also", description = "adds your signature to the adoption in FILE")
    private boolean also;

    @Override
    public Integer call() throws IOException, MalformedException {
        JointStatement joint = also ? JointStatement.parse(Files.readAllBytes(file)) : begun();
        MatrixAdoption read = joint.read(MatrixAdoption.class);
        if (!read.matrix().equals(Digest.sha256(Matrix.packagedBytes()))) {
            throw new MalformedException("/matrix", "the file adopts another matrix than the newest published one");
        }
        Files.write(file, joint.signedBy(connection.documentKey(), read).bytes());
        PrintWriter out = spec.commandLine().getOut();
        out.println("signed for " + read.id() + " " + read.version() + ", SHA-256 "
                + read.matrix().hex() + ", until " + read.until());
        out.flush();
        return ExitCode.OK;
    }

    private JointStatement begun() throws MalformedException {
        if (officers == null) {
            throw new MalformedException("", "name both officers with --officers, or sign what is there with --also");
        }
        byte[] salt = new byte[OfficersStatement.SALT_BYTES];
        Connection.RANDOM.nextBytes(salt);
        Instant now = Connection.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
        try {
            return JointStatement.of(new MatrixAdoption(
                    MatrixAdoption.VERSION,
                    MatrixAdoption.TYPE,
                    Digest.sha256(Matrix.packagedBytes()),
                    Matrix.packaged().id(),
                    Matrix.newest(),
                    now,
                    now.plus(Duration.ofDays(DAYS)),
                    officers,
                    now,
                    Bytes.of(salt)));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("/officers", String.valueOf(e.getMessage()));
        }
    }
}
