// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.Check;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a bundle offline: exit 0 authentic, 5 not authentic, 10 incomplete or keys not confirmed. */
@NullUnmarked
@Command(
        name = "verify",
        description = "Verifies a bundle offline and prints the numbered list of checks.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    /** More than any bundle of our limits. */
    private static final long MAX_BUNDLE_BYTES = 256L << 20;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "BUNDLE", description = "bundle.zip as the gateway gave it")
    private Path bundle;

    @Option(names = "--trust", paramLabel = "FILE", description = "trust.json, from elsewhere than the bundle's sender")
    private Path trust;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    /** The result as JSON. */
    private record Report(int exit, String verdict, boolean demo, Optional<String> trust, List<Check> checks) {}

    @Override
    public Integer call() throws IOException, MalformedException {
        if (Files.size(bundle) > MAX_BUNDLE_BYTES) {
            throw new MalformedException("", "a bundle has at most 256 MiB");
        }
        Optional<byte[]> trusted = trust == null ? Optional.empty() : Optional.of(Files.readAllBytes(trust));
        Verification verification = BundleVerifier.verify(Files.readAllBytes(bundle), trusted);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Report report = new Report(
                    verification.overall(),
                    verification.verdict(),
                    verification.demo(),
                    verification.trust().map(Digest::hex),
                    verification.checks());
            out.println(new String(Wire.write(report), StandardCharsets.UTF_8));
        } else {
            print(verification, out);
        }
        out.flush();
        return verification.overall();
    }

    private static void print(Verification verification, PrintWriter out) {
        if (verification.demo()) {
            out.println("DEMO: this gateway is a demonstration; nothing here is evidence of anything.");
        }
        out.println(verification
                .trust()
                .map(digest -> "trust file, SHA-256 " + digest.hex())
                .orElse("no trust file given"));
        for (Check check : verification.checks()) {
            out.printf("%3d %-7s %s: %s%n", check.number(), check.status(), check.about(), check.detail());
        }
        out.println("result " + verification.overall() + ": " + verification.verdict());
    }
}
