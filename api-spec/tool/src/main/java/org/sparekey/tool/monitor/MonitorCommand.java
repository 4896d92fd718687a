// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.bundle.TrustFile;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.tool.Sources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Exit 0 the same log as before, 1 unreachable, 5 forged, forked, gone back or another log, 10 too few witnesses or too old. */
@NullUnmarked
@Command(
        name = "monitor",
        description = "Watches a published log from outside, with public keys only.",
        mixinStandardHelpOptions = true)
public final class MonitorCommand implements Callable<Integer> {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int NOT_AUTHENTIC = 5;
    private static final int INCOMPLETE = 10;
    private static final Duration CONNECT_AT_MOST = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URL",
            description = "the log's address, such as https://gateway.example:8444/log/registry/2026, or a folder")
    private String address;

    @Option(names = "--trust", required = true, paramLabel = "FILE", description = "trust.json, from elsewhere")
    private Path trust;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "what was seen before (default: ${DEFAULT-VALUE})",
            defaultValue = "sparekey-monitor")
    private Path state;

    @Option(names = "--ca", paramLabel = "FILE", description = "PEM of the CA of the gateway's TLS certificate")
    private Path ca;

    @Option(names = "--every", paramLabel = "SECONDS", description = "look again and again; ends at what exits with 5")
    private long every;

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description = "the log that must stand there, such as gateway.example/log/registry/2026; may be repeated"
                    + " (default: any log of the trust file)")
    private List<String> origins;

    @Option(
            names = "--max-age",
            paramLabel = "SECONDS",
            description =
                    "how long ago it may have been signed last; a registry log grows every minute (default: not asked)")
    private long maxAge;

    @Option(names = "--json", description = "print one JSON object a look")
    private boolean json;

    @Override
    public Integer call() throws IOException, MalformedException {
        TrustFile trusted = TrustFile.parse(Files.readAllBytes(trust));
        Monitor monitor = new Monitor(published(), trusted, state, demands(), Sources.clock());
        int exit = look(monitor);
        while (every > 0 && exit != NOT_AUTHENTIC && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Duration.ofSeconds(every).toNanos());
            exit = look(monitor);
        }
        return exit;
    }

    private Monitor.Demands demands() {
        return new Monitor.Demands(
                origins == null ? Set.of() : Set.copyOf(origins),
                maxAge > 0 ? Optional.of(Duration.ofSeconds(maxAge)) : Optional.empty());
    }

    private int look(Monitor monitor) throws IOException, MalformedException {
        Look look = monitor.look();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(Wire.write(look), StandardCharsets.UTF_8));
        } else {
            out.println(look.finding() + " " + look.origin() + " size " + look.size() + ", witnesses "
                    + (look.witnesses().isEmpty() ? "none" : String.join(" ", look.witnesses())) + ": "
                    + look.words());
        }
        out.flush();
        return switch (look.finding()) {
            case CONSISTENT -> OK;
            case UNREACHABLE -> FAILED;
            case NOT_WITNESSED, STALE -> INCOMPLETE;
            case OTHER_LOG, NOT_SIGNED, WENT_BACK, FORKED, TILES_DIFFER -> NOT_AUTHENTIC;
        };
    }

    private PublishedLog published() throws IOException {
        if (!address.startsWith("https://") && !address.startsWith("http://")) {
            return new FolderLog(Path.of(address));
        }
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECT_AT_MOST);
        if (ca != null) {
            client.sslContext(trusting(ca));
        }
        return new HttpLog(client.build(), URI.create(address));
    }

    private static SSLContext trusting(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore roots = KeyStore.getInstance("PKCS12");
            roots.load(null, null);
            int number = 0;
            for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                roots.setCertificateEntry("root" + number++, root);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(roots);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + " holds no usable certificate", e);
        }
    }
}
