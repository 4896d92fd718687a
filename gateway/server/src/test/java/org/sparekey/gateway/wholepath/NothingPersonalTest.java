// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.signature.Message;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk.Letter;
import org.sparekey.tool.EvidenceFetcher;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The whole path with everything that goes wrong on it, listened to: what the run knows of people, addresses, cases,
 * secrets and keys stands in no log line, no logged exception and no URL.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NothingPersonalTest {

    private static final String ORDERS = "/v1/orders";
    private static final String TYPE = Multipart.contentType("boundary");
    private static final String JSON = "application/json";

    private static final LogLines LINES = LogLines.listen();
    private static final Requests REQUESTS = new Requests();
    private static final Unspeakable UNSPEAKABLE = new Unspeakable();

    private static ImageHoster hoster;

    @TempDir
    static Path temp;

    @BeforeAll
    static void start() throws Exception {
        hoster = ImageHoster.start(NothingPersonalTest::listen);
        UNSPEAKABLE.add(hoster.world());
        UNSPEAKABLE.add("address", ImageHoster.ADDRESS);
        UNSPEAKABLE.add("address of the neighbour", ImageHoster.NEXT_ADDRESS);
        UNSPEAKABLE.add("prefix", "192.0.2.0");
        UNSPEAKABLE.add("hardware address", "52:54:00:00:01");
        UNSPEAKABLE.add("customer", ImageHoster.CUSTOMER);
        UNSPEAKABLE.add("customer of the neighbour", ImageHoster.NEXT_CUSTOMER);
        UNSPEAKABLE.add("secret of an image", "AGE-SECRET-KEY");
        UNSPEAKABLE.add("message of an unexpected failure", "the secret of the insides");
    }

    @AfterAll
    static void stop() {
        hoster.close();
        LINES.close();
    }

    /** Boot sets the logging up anew at its start: whoever listened before listens again. */
    private static void listen(GenericApplicationContext context) {
        LINES.attach();
        context.registerBean("requests", FilterRegistrationBean.class, () -> {
            FilterRegistrationBean<Requests> filter = new FilterRegistrationBean<>(REQUESTS);
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return filter;
        });
    }

    @Test
    @Order(1)
    void the_path_is_gone_from_order_to_acknowledgement() throws Exception {
        Letter question = remembered(hoster.letters().whoHad(ImageHoster.ADDRESS, hoster.seen()));
        OrderStatus answered = send(cast().investigator(), question).json(OrderStatus.class);
        assertThat(answered.state()).isEqualTo("closed");
        client(cast().investigator()).get(ORDERS + "/" + answered.orderId() + "/answer");

        OrderStatus order =
                hoster.available(hoster.review(remembered(hoster.letters().disk(ImageHoster.ADDRESS, hoster.seen()))));
        Path folder = temp.resolve("evidence");
        Path home = hoster.world().home(cast().prosecutor());
        ChannelConfiguration configuration = ChannelConfiguration.load(home.resolve(ChannelConfiguration.FILE));
        try (Channel channel =
                Channel.open(configuration, configuration.keys(home), InstantSource.system(), new SecureRandom())) {
            new EvidenceFetcher(channel, order.orderId(), (bytes, total) -> {}).into(folder);
        }
        SignedDocument manifest = SignedDocument.parse(
                Files.readString(folder.resolve(EvidenceFolder.MANIFEST)).strip());
        assertThat(hoster.desk().acknowledge(order, manifest.digest()).state()).isEqualTo("closed");
        hoster.desk().bundle(order);
    }

    @Test
    @Order(2)
    void orders_are_refused_on_it() {
        String address = ImageHoster.ADDRESS;
        Letter genuine = remembered(hoster.letters().whoHad(address, hoster.seen()));
        byte[] forged = body(genuine);
        forged[forged.length - 40] ^= 1;
        send(cast().investigator(), remembered(hoster.letters().diskWithoutJudge(address, hoster.seen())));
        send(cast().investigator(), remembered(hoster.letters().voluntary(address, hoster.seen())));
        send(cast().stranger(), genuine);
        send(cast().reseller(), genuine);
        client(cast().investigator()).post(ORDERS, TYPE, forged);
        client(cast().investigator()).post(ORDERS, JSON, body(genuine));
        client(cast().reseller()).post("/v1/registrations", "application/x-ndjson", body(genuine));
        OrderStatus review = hoster.review(remembered(hoster.letters().disk(ImageHoster.NEXT_ADDRESS, hoster.seen())));
        hoster.desk().release(cast().officer1(), review);
        Reply again =
                client(cast().officer1()).post(ORDERS + "/" + review.orderId() + "/approvals", JSON, body(genuine));
        assertThat(again.status()).isBetween(400, 499);
        for (Actor reader : List.of(cast().stranger(), cast().officer1(), cast().prosecutor())) {
            client(reader).get(ORDERS + "/" + review.orderId() + "/evidence");
        }
    }

    @Test
    @Order(3)
    void requests_are_refused_at_the_door() {
        SignedClient investigator = client(cast().investigator());
        byte[] body = ImageHoster.ADDRESS.getBytes(StandardCharsets.UTF_8);
        Message.Request signed = investigator.sign(investigator
                .request("POST", ORDERS)
                .with("content-type", TYPE)
                .with("idempotency-key", UUID.randomUUID().toString())
                .withContent(body));
        investigator.send(signed, body);
        investigator.send(signed, body);
        investigator.send(signed, new byte[] {1});
        investigator.send(investigator.request("GET", ORDERS), new byte[0]);
        client(cast().stranger()).withToken(investigator.token()).get(ORDERS);
        client(cast().investigator()).withToken(investigator.token() + "x").get(ORDERS);
        client(cast().investigator().withMessage(cast().prosecutor().message())).get(ORDERS);
        Actor unenrolled = cast().investigator().withTls(cast().policeCa().issue(Purpose.TLS_CLIENT, "Nobody"));
        assertThatThrownBy(() -> client(unenrolled).get(ORDERS)).hasMessageContaining("no answer");
    }

    /** A room that fails without expecting it, a hypervisor whose disk is gone, and a statement that the database refuses. */
    @Test
    @Order(4)
    void things_fail_that_nobody_expected() throws Exception {
        assertThat(client(cast().investigator()).get("/v1/echo/failure").status())
                .isEqualTo(500);
        OrderStatus review = hoster.review(remembered(hoster.letters().disk(ImageHoster.ADDRESS, hoster.seen())));
        hoster.loseDisk();
        hoster.approve(review);
        LINES.await(review.orderId());

        JdbcClient jdbc = hoster.gateway().bean(JdbcClient.class);
        String twice = "INSERT INTO edge_nonce (key_id, nonce, expires_at)"
                + " VALUES (:key, :nonce, now()), (:key, :nonce, now())";
        assertThatThrownBy(() -> jdbc.sql(twice)
                        .param("key", new byte[32])
                        .param("nonce", new byte[16])
                        .update())
                .rootCause()
                .hasMessageContaining("duplicate key")
                .as("the row that was refused")
                .hasMessageNotContaining("Key (key_id, nonce)");
    }

    @Test
    @Order(5)
    void nothing_of_all_that_is_in_a_log_line_or_a_url() throws Exception {
        UNSPEAKABLE.addSalts(hoster.gateway().database());
        REQUESTS.tokens().forEach(token -> UNSPEAKABLE.add("token", token));

        assertThat(REQUESTS.tokens()).hasSizeGreaterThan(5);
        assertThat(REQUESTS.urls())
                .anyMatch(url -> url.contains("/evidence/"))
                .anyMatch(url -> url.contains("/oauth2/"));
        assertThat(LINES.all())
                .as("lines of the door, a room, the web framework and the pool")
                .anyMatch(line -> line.contains("org.sparekey.gateway.edge"))
                .anyMatch(line -> line.contains("org.sparekey.gateway.evidence"))
                .anyMatch(line -> line.startsWith("DEBUG org.springframework.web"))
                .anyMatch(line -> line.startsWith("DEBUG com.zaxxer.hikari"));
        assertThat(UNSPEAKABLE.saidIn(REQUESTS.urls())).isEmpty();
        assertThat(UNSPEAKABLE.saidIn(LINES.all())).isEmpty();
    }

    /** The control: each kind is found where it is planted, in a message, an argument, a cause and a URL. */
    @Test
    @Order(6)
    void what_is_planted_is_found() throws Exception {
        int before = LINES.all().size();
        var log = LoggerFactory.getLogger("org.sparekey.gateway.planted");
        log.trace("for {}", ImageHoster.CUSTOMER);
        log.error("failed", new IllegalStateException("outer", new IllegalArgumentException(ImageHoster.ADDRESS)));
        log.debug("key {}", cast().judge().document().privateKeyForTls().getEncoded());
        log.debug("token {}", REQUESTS.tokens().iterator().next());
        List<String> planted = LINES.all().subList(before, LINES.all().size());
        assertThat(UNSPEAKABLE.saidIn(planted))
                .anyMatch(said -> said.startsWith("customer "))
                .anyMatch(said -> said.startsWith("address "))
                .anyMatch(said -> said.startsWith("private key of rechtbank-voorbeeld r-3001 "))
                .anyMatch(said -> said.startsWith("token "))
                .noneMatch(said -> said.contains(ImageHoster.CUSTOMER));

        client(cast().investigator()).get("/v1/nothing/" + ImageHoster.ADDRESS);
        assertThat(UNSPEAKABLE.saidIn(REQUESTS.urls())).hasSize(1);
        assertThat(UNSPEAKABLE.size()).isGreaterThan(300);
    }

    private static Letter remembered(Letter letter) {
        try {
            UNSPEAKABLE.add(letter.order().read(OrderDocument.TYPE, OrderDocument.class));
            return letter;
        } catch (org.sparekey.protocol.json.MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static Reply send(Actor actor, Letter letter) {
        return client(actor).post(ORDERS, TYPE, body(letter));
    }

    private static byte[] body(Letter letter) {
        List<Multipart.Part> parts = new ArrayList<>();
        parts.add(new Multipart.Part("order", "application/jose", ascii(letter.order())));
        letter.validator()
                .ifPresent(
                        validator -> parts.add(new Multipart.Part("validator", "application/jose", ascii(validator))));
        return Multipart.write(parts, "boundary");
    }

    private static byte[] ascii(SignedDocument document) {
        return document.compact().getBytes(StandardCharsets.US_ASCII);
    }

    private static SignedClient client(Actor actor) {
        return hoster.gateway().client(actor);
    }

    private static Cast cast() {
        return hoster.cast();
    }
}
