// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.ChannelKeys;
import org.sparekey.protocol.channel.EnrolmentDoor;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.party.EnrolmentClaim;
import org.sparekey.protocol.party.EnrolmentCode;
import org.sparekey.protocol.party.EnrolmentRequest;
import org.sparekey.protocol.party.KeyUse;

/** Claims this reseller's keys at the gateway with the one-time code that was read out to him. */
final class Enrolment {

    private static final List<String> USES = List.of("tls", "message", "document");

    private final Place place;
    private final Surroundings around;
    private final String publicListener;

    Enrolment(Place place, Surroundings around, String publicListener) {
        this.place = place;
        this.around = around;
        this.publicListener = publicListener;
    }

    void claim(String text, Report.Writing report) throws IOException, MalformedException {
        EnrolmentCode code = EnrolmentCode.parse(text);
        ChannelConfiguration configuration = ChannelConfiguration.load(place.config());
        for (String file : pinned(configuration)) {
            if (!Files.exists(place.directory().resolve(file))) {
                report.problem(ExitCode.INCOMPLETE, file + " is missing: put the hoster's there and run this again");
                return;
            }
        }
        certify(configuration.reseller().orElseThrow().id());
        ChannelKeys keys = configuration.keys(place.directory());
        Map<KeyUse, SigningKey> own = new EnumMap<>(KeyUse.class);
        own.put(KeyUse.TLS, keys.tls());
        own.put(KeyUse.MESSAGE, keys.message());
        own.put(KeyUse.DOCUMENT, keys.document().orElseThrow());
        EnrolmentRequest request = request(code, configuration.gateway(), own);
        try (EnrolmentDoor door = new EnrolmentDoor(publicListener, keys.gatewayCa())) {
            tell(door.claim(request), report);
        }
    }

    private static List<String> pinned(ChannelConfiguration configuration) {
        List<String> files = new ArrayList<>(configuration.gatewayMessageKeys());
        files.add(configuration.gatewayCa());
        return files;
    }

    private void certify(String reseller) throws IOException {
        KeyFolder folder = new KeyFolder(place.directory(), around.random());
        for (String use : USES) {
            if (!folder.certified(use)) {
                folder.certify(USES, reseller);
                return;
            }
        }
    }

    private EnrolmentRequest request(EnrolmentCode code, String gateway, Map<KeyUse, SigningKey> own)
            throws IOException {
        Instant now = around.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        EnrolmentClaim claim = new EnrolmentClaim(
                EnrolmentClaim.VERSION, EnrolmentClaim.TYPE, gateway, code.enrolment(), claimed(own), now, salt());
        return EnrolmentRequest.sign(Optional.of(code), claim, List.copyOf(own.values()), Optional.empty(), now);
    }

    private static List<EnrolmentClaim.Key> claimed(Map<KeyUse, SigningKey> own) throws IOException {
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

    private Bytes salt() {
        byte[] salt = new byte[EnrolmentClaim.SALT_BYTES];
        around.random().nextBytes(salt);
        return Bytes.of(salt);
    }

    private static void tell(EnrolmentDoor.Outcome outcome, Report.Writing report) {
        outcome.refused()
                .ifPresent(problem -> report.problem(ExitCode.of(problem), problem.title() + ": " + problem.detail()));
        outcome.taken().ifPresent(status -> {
            report.line("claimed: " + status.enrolment() + " is " + status.state());
            status.keys()
                    .forEach(key -> report.line(key.use() + " key, read this out by telephone: " + key.fingerprint()));
            report.line("now: the hoster compares these, and two of his officers sign; until then nothing counts");
        });
    }
}
