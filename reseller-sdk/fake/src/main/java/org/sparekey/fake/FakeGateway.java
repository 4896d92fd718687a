// SPDX-License-Identifier: Apache-2.0
package org.sparekey.fake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.ChannelConfiguration.ResellerIdentity;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.protocol.signature.Message;
import org.sparekey.protocol.signature.ResponseSigner;

/** A gateway in memory, on a free port of this machine, with its own keys, log and clock. Close it when done. */
public final class FakeGateway implements AutoCloseable {

    /** The legal name under which it signs itself. */
    public static final String LEGAL_NAME = "Voorbeeld Hosting B.V.";

    /** When its clock starts. */
    public static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private static final int SECRET_BYTES = 32;

    private final SecureRandom random = Sources.random();
    private final FakeClock clock = new FakeClock(START);
    private final FakePki pki = new FakePki(random);
    private final SigningKey message = pki.issue("message");
    private final FakeLog log = new FakeLog(random);
    private final FakeRegistry registry = new FakeRegistry(log, clock);
    private final FakeAnswers answers = new FakeAnswers(
            registry, clock, new ResponseSigner(message, clock), new ResponseSigner(pki.issue("forger"), clock));
    private final FakeDoor door;

    private FakeGateway() {
        this.door = new FakeDoor(
                pki.issue("localhost"),
                pki.root(),
                random,
                key -> registry.resellers().stream()
                        .anyMatch(reseller -> reseller.tls().keyId().equals(key)),
                answers);
    }

    public static FakeGateway start() {
        return new FakeGateway();
    }

    /**
     * Enrols a reseller with new keys and writes what he needs into a directory.
     *
     * @return the {@code sparekey.json} to open a client with
     */
    public Path enrol(String reseller, Path directory) throws IOException {
        FakeReseller enrolled = new FakeReseller(
                reseller,
                pki.issue(reseller + " tls"),
                pki.issue(reseller + " message"),
                pki.issue(reseller + " document"));
        synchronized (answers) {
            registry.enrol(enrolled);
        }
        FakePki.pem(directory.resolve("gateway-ca.pem"), pki.root());
        FakePki.pem(directory.resolve("gateway-message.pem"), message.certificate());
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        Files.write(directory.resolve("reseller.secret"), secret);
        ChannelConfiguration configuration = new ChannelConfiguration(
                door.origin(),
                "gateway-ca.pem",
                List.of("gateway-message.pem"),
                Optional.empty(),
                pki.write(directory, "tls", enrolled.tls()),
                pki.write(directory, "message", enrolled.message()),
                Optional.of(pki.write(directory, "document", enrolled.document())),
                List.of(log.vkey()),
                Optional.of(new ResellerIdentity(reseller, LEGAL_NAME, "reseller.secret")));
        return Files.write(directory.resolve(ChannelConfiguration.FILE), Wire.write(configuration));
    }

    /** The hoster rents this prefix to this reseller, since ever. */
    public void assign(String reseller, String prefix) {
        synchronized (answers) {
            registry.assign(reseller, prefix);
        }
    }

    public FakeClock clock() {
        return clock;
    }

    /** The next request, tokens apart, goes wrong in this way; several calls, several requests. */
    public void next(Fault... faults) {
        List.of(faults).forEach(answers::next);
    }

    /** Every token given so far is refused from now on; a new one can be had. */
    public void forgetTokens() {
        door.forgetTokens();
    }

    /** The latest accepted state of every asset of this reseller, ended ones included. */
    public List<RegistrationRecord> registered(String reseller) {
        return kept(reseller).stream().map(Kept::record).toList();
    }

    /** The same with the place of each. */
    public List<Kept> kept(String reseller) {
        synchronized (answers) {
            return registry.assets(reseller);
        }
    }

    /** How many batches of this reseller were taken in. */
    public int batches(String reseller) {
        synchronized (answers) {
            return registry.batches(reseller).size();
        }
    }

    /** Every request so far, in order, tokens apart. */
    public List<Message.Request> requests() {
        return answers.requests();
    }

    @Override
    public void close() {
        door.close();
    }

    @Override
    public String toString() {
        return "FakeGateway[" + door.origin() + "]";
    }
}
