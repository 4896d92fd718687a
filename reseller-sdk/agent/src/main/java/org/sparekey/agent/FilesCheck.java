// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.ChannelConfiguration.ResellerIdentity;
import org.sparekey.protocol.channel.ChannelKeys;
import org.sparekey.protocol.channel.KeyFile;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.SigningKey;

/** Whether configuration, keys, secret and spool are there and nobody else's to read. Reads only. */
final class FilesCheck {

    /** Renewal goes through two officers of the hoster, who have weekends. */
    static final Duration RENEW_BEFORE = Duration.ofDays(30);

    static final int SECRET_BYTES = 32;

    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Place place;
    private final InstantSource clock;

    FilesCheck(Place place, InstantSource clock) {
        this.place = place;
        this.clock = clock;
    }

    /** @return whether it makes sense to ask the gateway */
    boolean check(Report.Writing report) throws IOException {
        try {
            ChannelConfiguration configuration = ChannelConfiguration.load(place.config());
            report.line("ok: configuration for " + configuration.gateway());
            modes(configuration, report);
            keys(configuration.keys(place.directory()), report);
            secret(configuration.reseller(), report);
            spools(report);
            return configuration.reseller().isPresent();
        } catch (MalformedException e) {
            report.problem(ExitCode.INCOMPLETE, "configuration: " + e.reason() + " at " + e.pointer());
        } catch (IOException e) {
            report.problem(ExitCode.INCOMPLETE, "files: " + e.getMessage());
        }
        return false;
    }

    private void modes(ChannelConfiguration configuration, Report.Writing report) throws IOException {
        List<KeyFile> keys = new ArrayList<>(List.of(configuration.tlsKey(), configuration.messageKey()));
        configuration.documentKey().ifPresent(keys::add);
        List<String> secret = new ArrayList<>();
        keys.forEach(key -> secret.addAll(List.of(key.file(), key.passphraseFile())));
        configuration.reseller().ifPresent(reseller -> secret.add(reseller.secretFile()));
        for (String file : secret) {
            if (!onlyOwners(place.directory().resolve(file))) {
                report.problem(ExitCode.FAILED, file + " can be read by others: chmod 600 " + file);
            }
        }
    }

    private static boolean onlyOwners(Path file) throws IOException {
        boolean posix = Files.getFileStore(file).supportsFileAttributeView("posix");
        return !posix || OWNER.containsAll(Files.getPosixFilePermissions(file));
    }

    private void keys(ChannelKeys keys, Report.Writing report) {
        key("TLS", Optional.of(keys.tls()), report);
        key("message", Optional.of(keys.message()), report);
        key("document", keys.document(), report);
    }

    private void key(String use, Optional<SigningKey> key, Report.Writing report) {
        if (key.isEmpty()) {
            report.problem(ExitCode.INCOMPLETE, "no " + use + " key is configured: a reseller signs his batches");
            return;
        }
        X509Certificate certificate = key.get().certificate();
        Instant until = certificate.getNotAfter().toInstant();
        if (!until.isAfter(clock.instant())) {
            report.problem(ExitCode.NOT_AUTHORISED, use + " key: its certificate ended at " + until);
        } else if (until.minus(RENEW_BEFORE).isBefore(clock.instant())) {
            report.problem(ExitCode.PARTLY, use + " key: its certificate ends at " + until + ", ask for the next now");
        } else {
            report.line("ok: " + use + " key until " + until);
        }
    }

    private void secret(Optional<ResellerIdentity> reseller, Report.Writing report) throws IOException {
        if (reseller.isEmpty()) {
            report.problem(ExitCode.INCOMPLETE, "configuration: it names no reseller");
            return;
        }
        long size = Files.size(place.directory().resolve(reseller.get().secretFile()));
        if (size < SECRET_BYTES) {
            report.problem(ExitCode.INCOMPLETE, "secret: " + size + " bytes, at least 32 are needed");
        } else {
            report.line("ok: secret; keep a copy elsewhere, without it your own pseudonyms tell you nothing");
        }
    }

    private void spools(Report.Writing report) throws IOException {
        report.line("ok: " + place.hints().items().size() + " hints and "
                + place.commands().items().size() + " commands wait");
    }
}
