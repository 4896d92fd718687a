// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.ChannelKeys;
import org.sparekey.protocol.channel.EnrolmentDoor;
import org.sparekey.protocol.channel.KeyFile;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.party.EnrolmentClaim;
import org.sparekey.protocol.party.EnrolmentCode;
import org.sparekey.protocol.party.EnrolmentRequest;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.protocol.party.KeyUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Claims one's own keys with the one-time code that was read out. Keys of the configuration that are not there are made
 * here; a document key that one's own authority certified is put there before.
 */
@NullUnmarked
@Command(
        name = "enrol",
        description = "Claims your keys at a gateway with a one-time code; makes those that are missing.",
        mixinStandardHelpOptions = true)
final class EnrolCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = ChannelConfiguration.FILE,
            description = "configuration file (default: ${DEFAULT-VALUE})")
    private Path config;

    @Option(names = "--code", required = true, paramLabel = "FILE", description = "the one-time code, in a file")
    private Path code;

    @Option(
            names = "--public",
            required = true,
            paramLabel = "URL",
            description = "the gateway's public listener, https://host:port")
    private String publicListener;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        EnrolmentCode read = EnrolmentCode.parse(Files.readString(code).strip());
        ChannelConfiguration configuration = ChannelConfiguration.load(config);
        Path base = config.toAbsolutePath().normalize().resolveSibling("");
        make(configuration, base);
        ChannelKeys keys = configuration.keys(base);
        Map<KeyUse, SigningKey> own = new EnumMap<>(KeyUse.class);
        own.put(KeyUse.TLS, keys.tls());
        own.put(KeyUse.MESSAGE, keys.message());
        keys.document().ifPresent(key -> own.put(KeyUse.DOCUMENT, key));
        Instant now = Connection.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
        EnrolmentClaim claim = new EnrolmentClaim(
                EnrolmentClaim.VERSION,
                EnrolmentClaim.TYPE,
                configuration.gateway(),
                read.enrolment(),
                claimed(own),
                now,
                Connection.random(EnrolmentClaim.SALT_BYTES));
        EnrolmentRequest request =
                EnrolmentRequest.sign(Optional.of(read), claim, List.copyOf(own.values()), Optional.empty(), now);
        try (EnrolmentDoor door = new EnrolmentDoor(publicListener, keys.gatewayCa())) {
            return tell(door.claim(request));
        }
    }

    private void make(ChannelConfiguration configuration, Path base) throws IOException {
        OwnKeys made = new OwnKeys(base, Connection.CLOCK.instant(), Connection.RANDOM);
        List<KeyFile> files = new ArrayList<>(List.of(configuration.tlsKey(), configuration.messageKey()));
        configuration.documentKey().ifPresent(files::add);
        for (KeyFile file : files) {
            if (!Files.exists(base.resolve(file.file()))) {
                made.make(file);
                spec.commandLine().getErr().println("made " + file.file());
            }
        }
    }

    static List<EnrolmentClaim.Key> claimed(Map<KeyUse, SigningKey> own) throws IOException {
        List<EnrolmentClaim.Key> claimed = new ArrayList<>();
        for (Map.Entry<KeyUse, SigningKey> key : own.entrySet()) {
            try {
                byte[] der = key.getValue().certificate().getEncoded();
                claimed.add(new EnrolmentClaim.Key(key.getKey(), Bytes.of(der)));
            } catch (CertificateEncodingException e) {
                throw new IOException("a certificate of one of the keys cannot be encoded", e);
            }
        }
        return claimed;
    }

    private int tell(EnrolmentDoor.Outcome outcome) throws RefusedException {
        if (outcome.refused().isPresent()) {
            throw new RefusedException(outcome.refused().get());
        }
        EnrolmentStatus status = outcome.taken().orElseThrow();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(Wire.write(status), StandardCharsets.UTF_8));
        } else {
            out.println(status.enrolment() + " is " + status.state());
            status.keys().forEach(key -> out.println("  " + key.use() + " read this out: " + key.fingerprint()));
            out.println("  nothing counts until it is signed for at the hoster's");
        }
        out.flush();
        return ExitCode.PENDING;
    }
}
