// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.IdentityAnswer;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.pki.KeyFiles;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;

/** {@code api-spec/examples/order.sh} at a running gateway over TLS: what curl and openssl alone can do. */
class ScriptedPathTest {

    private static final Path SCRIPT = Path.of(System.getProperty("sparekey.basedir"), "api-spec/examples/order.sh");
    private static final long PATIENCE_SECONDS = 120;

    private static ImageHoster hoster;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        DebianTools.require("curl", "openssl", "sha256sum", "sh");
        hoster = ImageHoster.shared();
    }

    @BeforeEach
    void keys() throws IOException {
        for (Actor actor : List.of(hoster.cast().prosecutor(), hoster.cast().investigator())) {
            Path keys = Files.createDirectory(directory.resolve(actor.person()));
            Files.copy(hoster.world().gatewayCa(), keys.resolve("ca.pem"));
            write(keys.resolve("tls.pem"), actor.tls());
            write(keys.resolve("message.pem"), actor.message());
            write(keys.resolve("document.pem"), actor.document());
        }
    }

    @Test
    void an_order_is_submitted_followed_fetched_and_acknowledged() throws Exception {
        Actor prosecutor = hoster.cast().prosecutor();
        Files.writeString(directory.resolve("order.json"), run(prosecutor, content(), "draft"));
        Files.writeString(directory.resolve("order.jws"), run(prosecutor, Map.of(), "sign", "order", "order.json"));
        SignedDocument signed = SignedDocument.parse(Files.readString(directory.resolve("order.jws")));
        OrderDocument order = signed.read(OrderDocument.TYPE, OrderDocument.class);
        Files.writeString(
                directory.resolve("validator.jws"),
                hoster.letters().authorise(order, signed).compact());
        OrderStatus review = status(run(prosecutor, Map.of(), "submit", "order.jws", "validator.jws"));
        assertThat(review.state()).as(review.reason().toString()).isEqualTo("review");
        Path followed = directory.resolve("followed.txt");
        Process following = started(prosecutor, Map.of(), followed, "follow", review.orderId());

        hoster.available(review);

        assertThat(following.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(following.exitValue()).as(Files.readString(followed)).isZero();
        assertThat(Files.readAllLines(followed)).last().asString().endsWith("is available");
        run(prosecutor, Map.of(), "fetch", review.orderId(), "evidence");
        Path evidence = directory.resolve("evidence");
        assertThat(evidence.resolve(EvidenceFolder.MANIFEST)).isNotEmptyFile();
        OrderStatus closed = status(run(prosecutor, Map.of(), "acknowledge", review.orderId(), "evidence"));
        assertThat(closed.state()).isEqualTo("closed");
        Verification bundle = BundleVerifier.verify(
                hoster.desk().bundle(review),
                java.util.Optional.of(Files.readAllBytes(hoster.world().trustFile())));
        assertThat(bundle.overall()).as(bundle.checks().toString()).isEqualTo(Verification.AUTHENTIC);
    }

    @Test
    void whose_address_it_was_is_answered_and_the_answer_is_the_hosters() throws Exception {
        Actor investigator = hoster.cast().investigator();
        Files.writeString(directory.resolve("order.json"), run(investigator, identity(), "draft"));
        Files.writeString(directory.resolve("order.jws"), run(investigator, Map.of(), "sign", "order", "order.json"));

        OrderStatus closed = status(run(investigator, Map.of(), "submit", "order.jws"));
        assertThat(closed.state()).as(closed.reason().toString()).isEqualTo("closed");
        assertThat(run(investigator, Map.of(), "follow", closed.orderId())).contains("is closed");
        SignedDocument answer = SignedDocument.parse(run(investigator, Map.of(), "answer", closed.orderId()));
        assertThat(answer.verifiedBy(hoster.world().gatewayStatement().publicKey()))
                .isTrue();
        assertThat(answer.read(IdentityAnswer.TYPE, IdentityAnswer.class).orderDigest())
                .isEqualTo(SignedDocument.parse(Files.readString(directory.resolve("order.jws")))
                        .digest());
    }

    @Test
    void a_refused_order_ends_the_following_with_a_failure_and_a_strangers_order_is_not_there() throws Exception {
        Actor investigator = hoster.cast().investigator();
        Map<String, String> beyond = new HashMap<>(identity());
        beyond.put("CATEGORY", "TRAFFIC");
        Files.writeString(directory.resolve("order.json"), run(investigator, beyond, "draft"));
        Files.writeString(directory.resolve("order.jws"), run(investigator, Map.of(), "sign", "order", "order.json"));
        OrderStatus refused = status(run(investigator, Map.of(), "submit", "order.jws"));
        assertThat(refused.reason()).contains("CATEGORY_BEYOND_BASIS");

        Path said = directory.resolve("said.txt");
        Process following = started(investigator, Map.of(), said, "follow", refused.orderId());
        assertThat(following.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(following.exitValue()).isEqualTo(1);
        Process nothing = started(investigator, Map.of(), said, "follow", "ORD-0000-0000");
        assertThat(nothing.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(nothing.exitValue()).isEqualTo(1);
        assertThat(Files.readString(said)).contains("/problems/not-found");
    }

    @Test
    void the_script_is_short_enough_to_be_read_at_one_sitting() throws IOException {
        assertThat(Files.readAllLines(SCRIPT)).hasSizeLessThan(200);
    }

    private Map<String, String> identity() {
        return facts(
                "NL-126na",
                "PRODUCTION_IDENTITY",
                "SUBSCRIBER",
                "INVESTIGATOR",
                hoster.cast().investigator());
    }

    private Map<String, String> content() {
        Map<String, String> facts = facts(
                "NL-126ng2",
                "SNAPSHOT_COPY",
                "CONTENT",
                "PROSECUTOR",
                hoster.cast().prosecutor());
        facts.put("COURT", Cast.COURT);
        facts.put("REFERENCE", "RC 26-0417");
        return facts;
    }

    private static Map<String, String> facts(String basis, String kind, String category, String role, Actor issuer) {
        Map<String, String> facts = new HashMap<>();
        facts.put("HOSTER", "Voorbeeld Hosting B.V.");
        facts.put("CASE", "ZEESTER-1");
        facts.put("TEAM", Cast.CASE_TEAM);
        facts.put("AUTHORITY", issuer.party());
        facts.put("PERSON", issuer.person());
        facts.put("ROLE", role);
        facts.put("BASIS", basis);
        facts.put("MATRIX", Matrix.newest());
        facts.put("KIND", kind);
        facts.put("CATEGORY", category);
        facts.put("ADDRESS", ImageHoster.ADDRESS);
        facts.put("SEEN", Wire.text(hoster.seen()));
        return facts;
    }

    private static OrderStatus status(String json) throws Exception {
        return Wire.read(json.getBytes(StandardCharsets.UTF_8), OrderStatus.class);
    }

    private String run(Actor actor, Map<String, String> facts, String... words) throws Exception {
        Path output = Files.createTempFile(directory, "run", ".out");
        Process process = started(actor, facts, output, words);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(String.join(" ", words) + "\n" + Files.readString(output))
                .isZero();
        return Files.readString(output);
    }

    private Process started(Actor actor, Map<String, String> facts, Path output, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("GATEWAY", hoster.world().site().gatewayOrigin());
        builder.environment().put("KEYS", directory.resolve(actor.person()).toString());
        builder.environment().putAll(facts);
        return builder.start();
    }

    private static void write(Path file, SigningKey key) throws IOException {
        KeyFiles.privateKey(file, key);
        StringBuilder text = new StringBuilder(Files.readString(file));
        key.chain().forEach(certificate -> text.append(KeyFiles.pem(certificate)));
        Files.writeString(file, text);
    }
}
