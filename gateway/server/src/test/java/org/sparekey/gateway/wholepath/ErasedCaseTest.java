// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.gateway.mirror.Broker;
import org.sparekey.gateway.mirror.KafkaDump;
import org.sparekey.gateway.mirror.Mirror;
import org.sparekey.gateway.mirror.MirrorFacts;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.testkit.Database;
import org.sparekey.testkit.world.OrderDesk.Letter;

/**
 * A registration, a question and a delivered copy on a gateway that mirrors to a real broker; then what its entries commit
 * to is erased. What stands in plain words afterwards, and where, is docs/erasure.md: here is that the list is complete.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ErasedCaseTest {

    private static final String DOCUMENT = "{\"address\":\"" + ImageHoster.ADDRESS + "\"}";
    private static final String PAYLOADS = "auditlog_payload.payload";

    /** The rooms' own rows, as docs/erasure.md lists them. */
    private static final List<String> OF_THE_ROOMS = List.of(
            "evidence_attempt.ticket",
            "inventory_address_plan.prefix",
            "inventory_observation.addresses",
            "inventory_observation.macs",
            "orders_hold.target",
            "orders_order.answer_jws",
            "orders_order.order_jws",
            "orders_order.validator_jws",
            "registry_address.ip",
            "registry_registration.record");

    private static final Dump DUMP = new Dump();

    private static ImageHoster hoster;
    private static OrderStatus delivered;
    private static byte[] bundle = new byte[0];
    private static List<EntryText> entries = List.of();

    @BeforeAll
    static void aCase() throws Exception {
        hoster = ImageHoster.start(Map.of(
                "spring.kafka.bootstrap-servers",
                Broker.shared().bootstrap(),
                "sparekey.mirror.replicas",
                "1",
                "sparekey.mirror.run",
                "false"));
        DUMP.lookFor("address", ImageHoster.ADDRESS);
        DUMP.lookFor("hardware address", "52:54:00:00:01:01");
        ask(remembered(hoster.letters().whoHad(ImageHoster.ADDRESS, hoster.seen())));
        delivered =
                hoster.available(hoster.review(remembered(hoster.letters().disk(ImageHoster.ADDRESS, hoster.seen()))));
        bundle = hoster.desk().bundle(delivered);
        entries = recorded();
        mirror();
    }

    @AfterAll
    static void forget() {
        hoster.close();
        KafkaDump.forget();
    }

    @Test
    @Order(1)
    void neither_a_published_file_nor_kafka_ever_holds_a_plaintext() throws Exception {
        nothingWasGivenAway();
        Set<String> columns = DUMP.in(database()).keySet();
        Set<String> all = new TreeSet<>(OF_THE_ROOMS);
        all.add(PAYLOADS);
        assertThat(columns).containsExactlyElementsOf(all);
    }

    @Test
    @Order(2)
    void after_erasure_every_proof_still_verifies_and_the_log_goes_on() throws Exception {
        NoteKey key = NoteKey.parse(log().vkey(LogName.CASE));
        erase("DELETE FROM auditlog_payload");
        SignedClient officer = hoster.gateway().client(hoster.cast().officer1());
        for (EntryText entry : entries) {
            Digest leaf = entry.recorded().leafHash();
            LogProof proof = LogProof.parse(
                    officer.get("/v1/log/case/proof/" + leaf.base64url()).body());
            assertThat(proof.proven(leaf, key)).isPresent();
            assertThat(log().payload(leaf)).isEmpty();
        }
        assertThat(verified(bundle)).isEqualTo(Verification.AUTHENTIC);
        byte[] afterwards = hoster.desk().bundle(delivered);
        assertThat(verified(afterwards))
                .as("a bundle made too late lacks what was erased")
                .isEqualTo(Verification.INCOMPLETE);
        assertThat(recorded()).hasSizeGreaterThan(entries.size());
        mirror();
    }

    @Test
    @Order(3)
    void after_erasure_a_receipt_is_no_longer_given_and_the_one_that_was_is_as_good_as_before() {
        SignedClient reseller = hoster.gateway().client(hoster.cast().reseller());
        Reply view = reseller.get("/v1/registry-view");
        String batch = view.text().replaceAll("(?s).*\"batchId\":\"([0-9a-f-]+)\".*", "$1");
        assertThat(reseller.get("/v1/registrations/" + batch + "/receipt").status())
                .isEqualTo(404);
    }

    @Test
    @Order(4)
    void after_erasure_only_the_rooms_own_rows_hold_a_plaintext() throws Exception {
        nothingWasGivenAway();
        assertThat(DUMP.in(database()).keySet()).containsExactlyElementsOf(OF_THE_ROOMS);
    }

    /** What a schedule must take away besides, each in its time: then nothing at all is left. */
    @Test
    @Order(5)
    void without_those_rows_a_dump_holds_no_plaintext_and_the_proofs_verify() throws Exception {
        for (String column : OF_THE_ROOMS) {
            erase("TRUNCATE " + column.substring(0, column.indexOf('.')) + " CASCADE");
        }
        assertThat(DUMP.in(database())).isEmpty();
        nothingWasGivenAway();
        NoteKey key = NoteKey.parse(log().vkey(LogName.CASE));
        for (EntryText entry : entries) {
            Digest leaf = entry.recorded().leafHash();
            assertThat(log().proof(leaf).orElseThrow().proof().proven(leaf, key))
                    .isPresent();
        }
        assertThat(verified(bundle)).isEqualTo(Verification.AUTHENTIC);
    }

    /** The control: each spelling is found, also where a document is wrapped in another. */
    @Test
    void what_is_planted_is_found() {
        String once = wrapped(DOCUMENT);
        String hex = HexFormat.of().formatHex(DOCUMENT.getBytes(StandardCharsets.UTF_8));
        for (String planted : List.of(DOCUMENT, once, wrapped("{\"order\":\"" + once + "\"}"), hex)) {
            assertThat(DUMP.in(planted.getBytes(StandardCharsets.UTF_8))).containsExactly("address");
        }
        assertThat(DUMP.in(new byte[1000])).isEmpty();
    }

    private static String wrapped(String payload) {
        return "h." + Bytes.of(payload.getBytes(StandardCharsets.UTF_8)).base64url() + ".s";
    }

    private static void nothingWasGivenAway() throws Exception {
        assertThat(KafkaDump.all()).hasSizeGreaterThan(3 * entries.size());
        assertThat(DUMP.in(KafkaDump.all())).isEmpty();
        assertThat(DUMP.in(hoster.world().logDirectory())).isEmpty();
        assertThat(DUMP.in(hoster.world().directory().resolve("gateway"))).isEmpty();
        assertThat(DUMP.in(hoster.evidence())).isEmpty();
    }

    private static Letter remembered(Letter letter) throws MalformedException {
        OrderDocument order = letter.order().read(OrderDocument.TYPE, OrderDocument.class);
        DUMP.lookFor("case number", order.caseRef());
        DUMP.lookFor("salt of an order", order.salt().base64url());
        order.validator().ifPresent(validator -> DUMP.lookFor("the judge's reference", validator.reference()));
        return letter;
    }

    private static void ask(Letter question) {
        List<Multipart.Part> parts = new ArrayList<>();
        parts.add(new Multipart.Part(
                "order", "application/jose", question.order().compact().getBytes(StandardCharsets.US_ASCII)));
        Reply answered = hoster.gateway()
                .client(hoster.cast().investigator())
                .post("/v1/orders", Multipart.contentType("boundary"), Multipart.write(parts, "boundary"));
        assertThat(answered.json(OrderStatus.class).state()).isEqualTo("closed");
    }

    private static List<EntryText> recorded() {
        return log().from(LogName.CASE, 0, 10_000);
    }

    private static AuditLog log() {
        return hoster.gateway().bean(AuditLog.class);
    }

    private static void mirror() {
        Mirror mirror = hoster.gateway().bean(Mirror.class);
        while (mirror.step()) {
            // until level
        }
        assertThat(mirror.facts()).hasSize(2).allMatch(facts -> facts.state() == MirrorFacts.State.FOLLOWING);
    }

    private static Database.Access database() {
        return hoster.gateway().database();
    }

    /** As the superuser: how it comes to that, by schedule and by two officers, is another matter. */
    private static void erase(String sql) throws SQLException {
        try (Connection connection = database().connect(database().superuser());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int verified(byte[] zip) throws Exception {
        return BundleVerifier.verify(
                        zip, Optional.of(Files.readAllBytes(hoster.world().trustFile())))
                .overall();
    }
}
