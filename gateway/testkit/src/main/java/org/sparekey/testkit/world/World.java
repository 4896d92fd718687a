// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.sparekey.protocol.bundle.TrustFile;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.ChannelConfiguration.ResellerIdentity;
import org.sparekey.protocol.channel.KeyFile;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.party.SignedPartyList;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.witness.WitnessPolicy;
import org.sparekey.testkit.Database;
import org.sparekey.testkit.pki.KeyFiles;
import org.sparekey.testkit.pki.KeyKind;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.pki.Wanted;

/**
 * One invented hoster and everybody around him, written to a directory the way real ones would keep it:
 *
 * <pre>
 * gateway/keys/   tls.p12 message.p12 statement.p12 manifest.p12 log-registry.p12 log-case.p12 passphrase
 * gateway/parties.json                 the signed list for {@code gateway bootstrap}
 * gateway/law.json                     the two officers adopt the legal-basis matrix
 * gateway/ca.pem                       what clients trust for the gateway's TLS certificate
 * gateway/message.pem                  the certificate whose key signs the gateway's answers: clients pin it
 * tsa.pem                              the root of the time-stamp authority, for openssl and for the gateway
 * people/PARTY-PERSON/                 tls.p12 message.p12 document.p12 passphrase, tls.pem with tls-key.pem for curl, and
 *                                      sparekey.json for the command and the SDK
 * trust.json                           what a verifier trusts, from elsewhere than the gateway
 * crl/                                 the revocation lists that certificates point to
 * </pre>
 *
 * What lies there is for tests and the demo only.
 */
public final class World {

    private static final int RESELLER_SECRET_BYTES = 32;

    private final Path directory;
    private final Site site;
    private final SecureRandom random;
    private final Cast cast;
    private final List<Actor> crowd;
    private final SigningKey gatewayTls;
    private final SigningKey gatewayMessage;
    private final SigningKey gatewayStatement;
    private final SigningKey gatewayManifest;
    private final Map<String, SigningKey> gatewayLogs = new TreeMap<>();
    private final SignedPartyList parties;

    private World(Path directory, Site site, InstantSource clock, SecureRandom random, int more) {
        Instant now = clock.instant();
        this.directory = directory;
        this.site = site;
        this.random = random;
        this.cast = Cast.of(directory.resolve("crl"), clock, random);
        this.crowd = cast.crowd(more);
        TestCa ca = cast.hosterCa();
        Wanted tls = Wanted.of(Purpose.TLS_SERVER, "Gateway connection", now);
        this.gatewayTls = ca.issue(tls.hosts(hosts(tls, site)));
        this.gatewayMessage = ca.issue(Purpose.MESSAGE, "Gateway message");
        this.gatewayStatement = ca.issue(Purpose.DOCUMENT, "Gateway statement");
        this.gatewayManifest = ca.issue(Purpose.DOCUMENT, "Gateway manifest");
        for (String log : new String[] {"registry", "case"}) {
            Wanted wanted =
                    Wanted.of(Purpose.MESSAGE, "Gateway log " + log, now).kind(KeyKind.ED25519);
            gatewayLogs.put(log, ca.issue(wanted));
        }
        this.parties = PartyLists.signed(cast, crowd, site, now, random);
        try {
            write(new KeyFiles(random), now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a new world in an empty directory; some seconds of key generation. */
    public static World create(Path directory, Site site, InstantSource clock, SecureRandom random) {
        return new World(directory, site, clock, random, 0);
    }

    /** The same with so many more resellers, {@link #crowd}, of whom no files are written. */
    public static World crowded(Path directory, Site site, InstantSource clock, SecureRandom random, int more) {
        return new World(directory, site, clock, random, more);
    }

    public Path directory() {
        return directory;
    }

    public Site site() {
        return site;
    }

    public Cast cast() {
        return cast;
    }

    /** Writes the key files, secret and configuration of a reseller of the crowd; @return where they are. */
    public Path equip(Actor reseller, Instant now) {
        try {
            write(new KeyFiles(random), reseller);
            write(reseller, now);
            return home(reseller);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resellers beyond the cast; their keys are in memory only, until one is {@link #equip equipped}. */
    public List<Actor> crowd() {
        return crowd;
    }

    public SignedPartyList parties() {
        return parties;
    }

    /** The key that signs the gateway's HTTP responses: clients pin it. */
    public SigningKey gatewayMessage() {
        return gatewayMessage;
    }

    public SigningKey gatewayStatement() {
        return gatewayStatement;
    }

    public SigningKey gatewayManifest() {
        return gatewayManifest;
    }

    /** The Ed25519 key of one log, {@code registry} or {@code case}. */
    public SigningKey gatewayLog(String log) {
        return Objects.requireNonNull(gatewayLogs.get(log));
    }

    /** Where the gateway publishes its two logs. */
    public Path logDirectory() {
        return directory.resolve("log");
    }

    /** What a verifier trusts. */
    public Path trustFile() {
        return directory.resolve("trust.json");
    }

    /** The keys under which the two logs sign in the year of this instant. */
    public List<NoteKey> logKeys(Instant now) {
        return Trust.logs(this, now).stream().map(log -> parsed(log.vkey())).toList();
    }

    private static NoteKey parsed(String vkey) {
        try {
            return NoteKey.parse(vkey);
        } catch (MalformedException e) {
            throw new IllegalStateException("a log key of this world's own", e);
        }
    }

    /** From now on the trust file demands what this policy demands. */
    public void trust(WitnessPolicy policy, Instant now) {
        try {
            Files.write(trustFile(), Wire.write(Trust.of(this, now, policy)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PEM of the root of the time-stamp authority, {@link Cast#timeCa}. */
    public Path timeRoots() {
        return directory.resolve("tsa.pem");
    }

    public Path partiesFile() {
        return directory.resolve("gateway/parties.json");
    }

    /** In which the two officers adopt the newest matrix, from the day this world was made, for a year. */
    public Path lawFile() {
        return directory.resolve("gateway/law.json");
    }

    /** PEM of the CA that clients of the gateway trust. */
    public Path gatewayCa() {
        return directory.resolve("gateway/ca.pem");
    }

    /** Where a person's key files are. */
    public Path home(Actor actor) {
        return directory.resolve("people").resolve(actor.party() + "-" + actor.person());
    }

    /** Configuration of the gateway of this world, in mode demo, on this database. */
    public Map<String, String> properties(Database.Access database) {
        Map<String, String> properties = new TreeMap<>(database.properties());
        properties.put("sparekey.mode", "demo");
        properties.put("sparekey.gateway-origin", site.gatewayOrigin());
        properties.put("sparekey.public-host", site.publicHost());
        properties.put("sparekey.log.public-host", site.publicHost());
        properties.put("sparekey.log.directory", logDirectory().toString());
        properties.put(
                "sparekey.log.guard-directory",
                directory.resolve("gateway/guard").toString());
        // An audience waits for each step; what the cadence hides is shown by a test of its own.
        properties.put("sparekey.log.case-cadence", "50ms");
        properties.put("sparekey.law.adoption", lawFile().toString());
        properties.put("sparekey.listen.api-port", Integer.toString(site.apiPort()));
        properties.put("sparekey.listen.public-port", Integer.toString(site.publicPort()));
        properties.put("sparekey.listen.management-port", Integer.toString(site.managementPort()));
        properties.put(
                "sparekey.keys.directory", directory.resolve("gateway/keys").toString());
        properties.put(
                "sparekey.keys.passphrase-file",
                directory.resolve("gateway/keys/passphrase").toString());
        return properties;
    }

    /** Writes every revocation list anew: what makes {@link TestCa#revoke} known. */
    public void publishRevocations() {
        try {
            for (TestCa ca : cast.cas()) {
                Path file = Path.of(URI.create(ca.crlLocation().toString()));
                Files.createDirectories(file.getParent());
                Files.write(file, ca.crl());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> hosts(Wanted wanted, Site site) {
        List<String> hosts = new ArrayList<>(wanted.hosts());
        hosts.add(site.publicHost());
        hosts.addAll(site.hosts());
        return hosts;
    }

    private void write(KeyFiles files, Instant now) throws IOException {
        Path keys = directory.resolve("gateway/keys");
        char[] passphrase = files.passphrase(keys.resolve("passphrase"));
        files.pkcs12(keys.resolve("tls.p12"), gatewayTls, passphrase);
        files.pkcs12(keys.resolve("message.p12"), gatewayMessage, passphrase);
        files.pkcs12(keys.resolve("statement.p12"), gatewayStatement, passphrase);
        files.pkcs12(keys.resolve("manifest.p12"), gatewayManifest, passphrase);
        for (Map.Entry<String, SigningKey> log : gatewayLogs.entrySet()) {
            files.pkcs12(keys.resolve("log-" + log.getKey() + ".p12"), log.getValue(), passphrase);
        }
        KeyFiles.certificates(directory.resolve("gateway/message.pem"), List.of(gatewayMessage.certificate()));
        Files.write(trustFile(), Wire.write(Trust.of(this, now)));
        KeyFiles.certificates(timeRoots(), List.of(cast.timeCa().certificate()));
        KeyFiles.certificates(gatewayCa(), List.of(cast.hosterCa().certificate()));
        Files.write(partiesFile(), parties.bytes());
        Files.write(lawFile(), Adoptions.of(cast, now, random).bytes());
        for (Actor actor : cast.everybody()) {
            write(files, actor);
            write(actor, now);
        }
        publishRevocations();
    }

    /** The configuration of his tool or SDK. */
    private void write(Actor actor, Instant now) throws IOException {
        Path home = home(actor);
        boolean reseller = actor.party().equals(Cast.RESELLER)
                || actor.party().equals(Cast.OTHER_RESELLER)
                || crowd.contains(actor);
        Optional<ResellerIdentity> identity = reseller
                ? Optional.of(new ResellerIdentity(actor.party(), PartyLists.LEGAL_ENTITY, "secret"))
                : Optional.empty();
        if (reseller) {
            Path secret = Files.write(home.resolve("secret"), secret());
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        }
        ChannelConfiguration configuration = new ChannelConfiguration(
                site.gatewayOrigin(),
                "../../gateway/ca.pem",
                List.of("../../gateway/message.pem"),
                Optional.empty(),
                new KeyFile("tls.p12", "passphrase"),
                new KeyFile("message.p12", "passphrase"),
                Optional.of(new KeyFile("document.p12", "passphrase")),
                Trust.logs(this, now).stream().map(TrustFile.Log::vkey).toList(),
                identity);
        Files.write(home.resolve(ChannelConfiguration.FILE), Wire.write(configuration));
    }

    private byte[] secret() {
        byte[] secret = new byte[RESELLER_SECRET_BYTES];
        random.nextBytes(secret);
        return secret;
    }

    private void write(KeyFiles files, Actor actor) throws IOException {
        Path home = home(actor);
        char[] passphrase = files.passphrase(home.resolve("passphrase"));
        files.pkcs12(home.resolve("tls.p12"), actor.tls(), passphrase);
        files.pkcs12(home.resolve("message.p12"), actor.message(), passphrase);
        files.pkcs12(home.resolve("document.p12"), actor.document(), passphrase);
        KeyFiles.certificates(home.resolve("tls.pem"), actor.tls().chain());
        KeyFiles.privateKey(home.resolve("tls-key.pem"), actor.tls());
    }
}
