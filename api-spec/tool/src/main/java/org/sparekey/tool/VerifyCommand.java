// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.CanonicalZip;
import org.sparekey.protocol.bundle.Language;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.bundle.Wording;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.timestamp.cms.CmsTimeStamps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a bundle offline: exit 0 authentic, 5 not authentic, 10 incomplete or keys not confirmed. */
@NullUnmarked
@Command(
        name = "verify",
        description = "Verifies a bundle offline and explains every check in plain words.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "BUNDLE", description = "bundle.zip as the gateway gave it")
    private Path bundle;

    @Option(names = "--trust", paramLabel = "FILE", description = "trust.json, from elsewhere than the bundle's sender")
    private Path trust;

    @Option(names = "--lang", paramLabel = "nl|en", description = "language; by default the computer's, or English")
    private Language language;

    @Option(names = "--brief", description = "without the sentence on what each check is for")
    private boolean brief;

    @Option(names = "--json", description = "print one JSON object (api-spec/verification.schema.json)")
    private boolean json;

    @Override
    public Integer call() throws IOException, MalformedException {
        if (Files.size(bundle) > CanonicalZip.MAX_BYTES) {
            throw new MalformedException("", "a bundle has at most 256 MiB");
        }
        Optional<byte[]> trusted = trust == null ? Optional.empty() : Optional.of(Files.readAllBytes(trust));
        Verification verification = BundleVerifier.verify(Files.readAllBytes(bundle), trusted, new CmsTimeStamps());
        Wording wording = Wording.in(language == null ? Language.of(Locale.getDefault()) : language);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            byte[] report = Wire.write(VerificationReport.of(verification, wording));
            out.println(new String(report, StandardCharsets.UTF_8));
        } else {
            new VerificationPrinter(out, wording, colour(), brief).print(verification);
        }
        out.flush();
        return verification.overall();
    }

    /** Never into a pipe, and not for those who do not want it (no-color.org). */
    private static boolean colour() {
        return System.console() != null && System.getenv("NO_COLOR") == null;
    }
}
