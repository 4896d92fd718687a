// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.ChannelConfiguration.ResellerIdentity;
import org.sparekey.protocol.channel.KeyFile;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.protocol.tree.NoteKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a reseller's keys, secret and configuration, and says what to exchange with the hoster by hand. */
@NullUnmarked
@Command(name = "init", description = "Makes keys, secret and configuration.", mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

    private static final List<String> USES = List.of("tls", "message", "document");
    private static final String SECRET = "reseller.secret";

    private final Surroundings around;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place;

    @Mixin
    private Printing printing;

    @Option(names = "--reseller", paramLabel = "ID", description = "your id, as the hoster enrols it")
    private String reseller;

    @Option(names = "--hoster", paramLabel = "NAME", description = "the hoster's legal name, as he spells it")
    private String hoster;

    @Option(names = "--gateway", paramLabel = "URL", description = "https://host or https://host:port")
    private String gateway;

    @Option(
            names = "--install",
            paramLabel = "USE=FILE",
            description = "tls, message or document: the issued chain, PEM")
    private Map<String, Path> issued = Map.of();

    @Option(
            names = "--code",
            paramLabel = "FILE",
            description = "enrols the keys with the one-time code in this file; needs --public and gateway-ca.pem")
    private Path code;

    @Option(names = "--public", paramLabel = "URL", description = "the gateway's public listener, https://host:port")
    private String publicListener;

    @Option(
            names = "--log-key",
            paramLabel = "FILE",
            description =
                    "the line of the hoster's registry log's key, to be pinned in the configuration; may be repeated")
    private List<Path> logKeys = List.of();

    InitCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, MalformedException {
        Report.Writing report = new Report.Writing("init");
        boolean pins = Files.exists(place.config()) && !logKeys.isEmpty();
        if (pins) {
            pin(report);
        }
        if (code != null) {
            enrol(report);
        } else if (!issued.isEmpty()) {
            install(report);
        } else if (!pins) {
            make(report);
        }
        return printing.print(report.done());
    }

    /** Adds to what is pinned; nothing that is pinned is ever taken away here. */
    private void pin(Report.Writing report) throws IOException, MalformedException {
        ChannelConfiguration before = ChannelConfiguration.load(place.config());
        Set<String> keys = new LinkedHashSet<>(before.logKeys());
        keys.addAll(pinned());
        DurableFiles.replace(
                place.config(),
                Wire.write(new ChannelConfiguration(
                        before.gateway(),
                        before.gatewayCa(),
                        before.gatewayMessageKeys(),
                        before.clientId(),
                        before.tlsKey(),
                        before.messageKey(),
                        before.documentKey(),
                        List.copyOf(keys),
                        before.reseller())));
        report.line("pinned: " + keys.size() + " log keys");
    }

    private List<String> pinned() throws IOException, MalformedException {
        List<String> keys = new ArrayList<>();
        for (Path file : logKeys) {
            String key = Files.readString(file).strip();
            NoteKey.parse(key);
            keys.add(key);
        }
        return keys;
    }

    /** Makes what is missing and claims it; the same command again sends the same keys. */
    private void enrol(Report.Writing report) throws IOException, MalformedException {
        if (publicListener == null) {
            throw new ParameterException(spec.commandLine(), "--code needs --public, the gateway's public listener");
        }
        if (!Files.exists(place.config())) {
            make(report);
        }
        try {
            Enrolment enrolment = new Enrolment(place, around, publicListener);
            enrolment.claim(Files.readString(code).strip(), report);
        } catch (MalformedException e) {
            report.problem(ExitCode.INCOMPLETE, (e.reason() + " " + e.pointer()).strip());
        }
    }

    private void install(Report.Writing report) throws IOException {
        KeyFolder keys = new KeyFolder(place.directory(), around.random());
        for (Map.Entry<String, Path> one : issued.entrySet()) {
            if (!USES.contains(one.getKey())) {
                throw new ParameterException(spec.commandLine(), "--install is for tls, message or document");
            }
            keys.install(one.getKey(), one.getValue());
            report.line("installed: the certificate of the " + one.getKey() + " key");
        }
    }

    private void make(Report.Writing report) throws IOException, MalformedException {
        ChannelConfiguration configuration = configuration();
        if (Files.exists(place.config()) || Files.exists(place.directory().resolve(SECRET))) {
            report.problem(ExitCode.CONFLICT, "there is a configuration or a secret already; neither is written over");
            return;
        }
        DurableFiles.directory(place.directory());
        KeyFolder keys = new KeyFolder(place.directory(), around.random());
        for (String use : USES) {
            keys.make(use, reseller);
            report.line(
                    use + " key, fingerprint to be read out: " + EnrolmentStatus.groups(KeyId.of(keys.publicKey(use))));
        }
        byte[] secret = new byte[FilesCheck.SECRET_BYTES];
        around.random().nextBytes(secret);
        DurableFiles.replace(place.directory().resolve(SECRET), secret);
        // Last: a crash before this line leaves no configuration, and what was made is named when it is in the way.
        DurableFiles.replace(place.config(), Wire.write(configuration));
        if (code == null) {
            next(report);
        }
    }

    private ChannelConfiguration configuration() throws IOException, MalformedException {
        if (reseller == null || hoster == null || gateway == null || !reseller.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new ParameterException(
                    spec.commandLine(), "init needs --reseller (lower case, digits, hyphens), --hoster and --gateway");
        }
        List<String> logs = pinned();
        try {
            return new ChannelConfiguration(
                    gateway,
                    "gateway-ca.pem",
                    List.of("gateway-message.pem"),
                    Optional.empty(),
                    new KeyFile("tls.p12", "tls.pass"),
                    new KeyFile("message.p12", "message.pass"),
                    Optional.of(new KeyFile("document.p12", "document.pass")),
                    logs,
                    Optional.of(new ResellerIdentity(reseller, hoster, SECRET)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--gateway: " + e.getMessage(), e);
        }
    }

    private static void next(Report.Writing report) {
        report.line("now: copy " + SECRET + " to a safe place; without it your own pseudonyms tell you nothing")
                .line("now: send tls.csr, message.csr and document.csr to the hoster, read the fingerprints out by"
                        + " phone")
                .line("then: init --install tls=FILE --install message=FILE --install document=FILE with what he"
                        + " issued")
                .line("then: put his CA into gateway-ca.pem, his message key into gateway-message.pem, and pin his"
                        + " registry log's key with init --log-key FILE; doctor says what is missing");
    }
}
