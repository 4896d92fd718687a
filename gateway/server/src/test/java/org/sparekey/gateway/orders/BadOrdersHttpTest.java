// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.world.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The orders of {@link BadOrdersTest} through the whole gateway, over HTTPS, and good ones in bad requests: none is taken,
 * nothing changes but what is entered about the refusals, and no answer is a failure of the gateway's own.
 */
class BadOrdersHttpTest {

    private static final int ORDERS = Boolean.getBoolean("sparekey.long") ? 20_000 : 300;
    private static final int ENTRIES_AT_MOST = 1_000_000;
    private static final int OWN_FAILURES = 500;

    /** What a refusal leaves behind; nothing else may grow. */
    private static final Set<String> TELLS_OF_REFUSALS = Set.of(
            "edge_nonce",
            "orders_order",
            "orders_paper",
            "parties_idempotency",
            "parties_refusal",
            "parties_refused_claim");

    /** Written by the house's own clocks, whoever sends what. */
    private static final String OF_THE_HOUSE = "^(auditlog|alarms|mirror|registry|inventory|flyway)_.*";

    private static final Set<String> MAY_BE_ENTERED = Set.of(
            "order.submitted",
            "order.validation",
            "order.refused",
            "order.duplicate",
            "order.malformed",
            "order.revocation-unknown");

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final JdbcClient jdbc = gateway.bean(JdbcClient.class);
    private final AuditLog log = gateway.bean(AuditLog.class);
    private final BadOrders orders = new BadOrders(gateway.world(), InstantSource.system(), new SecureRandom());
    private final BadRequests requests =
            new BadRequests(gateway.world().cast().stranger().message());
    private final Map<Actor, SignedClient> clients = new ConcurrentHashMap<>();

    @Test
    void with_nothing_wrong_each_of_them_is_taken() {
        for (int base = 0; base < BadOrders.BASES; base++) {
            OrderStatus status = status(send(orders.control(base)));
            assertThat(status.state()).as("base " + base).isNotEqualTo("refused");
        }
    }

    @Test
    void whatever_is_wrong_with_it_the_gateway_takes_no_bad_order_and_changes_nothing() {
        Map<String, String> before = tables();
        Set<String> entered = entered();
        Map<Integer, String> wrong = new ConcurrentSkipListMap<>();
        Map<String, Integer> answers = new ConcurrentSkipListMap<>();

        IntStream.range(0, ORDERS).parallel().forEach(number -> {
            SplittableRandom random = new SplittableRandom(BadOrdersTest.SEED + number);
            String how = number % 4 == 3 ? request(random, answers) : order(random, answers);
            if (!how.isEmpty()) {
                wrong.put(number, how);
            }
        });

        assertThat(wrong).as("seed " + BadOrdersTest.SEED).isEmpty();
        assertThat(tables()).isEqualTo(before);
        Set<String> more = entered();
        more.removeAll(entered);
        assertThat(more).allMatch(entry -> MAY_BE_ENTERED.contains(entry.substring(entry.indexOf(' ') + 1)));
        assertThat(more).as("what was refused is told").hasSizeGreaterThan(ORDERS / 10);
        assertThat(answers.keySet()).as("one reason for all is one thing tried").hasSizeGreaterThan(15);
        assertThat(log.stopped()).isEmpty();
    }

    /** @return what is wrong with the answer; empty where nothing is */
    private String order(SplittableRandom random, Map<String, Integer> answers) {
        BadOrder bad = orders.next(random);
        Reply reply = send(bad);
        boolean taken = reply.status() < 300;
        String answer = taken
                ? status(reply).reason().orElse(status(reply).state())
                : reply.problem().name();
        answers.merge(answer, 1, Integer::sum);
        boolean refused = taken ? status(reply).state().equals("refused") : reply.status() < OWN_FAILURES;
        return refused ? "" : bad.how() + " -> " + reply.status() + " " + answer;
    }

    private String request(SplittableRandom random, Map<String, Integer> answers) {
        BadOrder good = orders.control(random.nextInt(BadOrders.BASES));
        BadRequests.Sent sent = requests.send(client(good.by()), good, random);
        int status = sent.reply().status();
        answers.merge("request " + sent.reply().problem().name(), 1, Integer::sum);
        return status >= 400 && status < OWN_FAILURES ? "" : sent.how() + " -> " + status;
    }

    private Reply send(BadOrder order) {
        return client(order.by()).post("/v1/orders", order.contentType(), order.body());
    }

    private SignedClient client(Actor actor) {
        return clients.computeIfAbsent(actor, gateway::client);
    }

    private static OrderStatus status(Reply reply) {
        return reply.json(OrderStatus.class);
    }

    /** How many rows each table has; of the orders those that were not refused, each with its state. */
    private Map<String, String> tables() {
        List<String> names = jdbc.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
                .query(String.class)
                .list();
        Map<String, String> tables = names.stream()
                .filter(name -> !TELLS_OF_REFUSALS.contains(name) && !name.matches(OF_THE_HOUSE))
                .collect(Collectors.toMap(
                        name -> name,
                        name -> jdbc.sql("SELECT count(*) FROM " + name)
                                .query(String.class)
                                .single(),
                        (one, other) -> one,
                        TreeMap::new));
        assertThat(tables)
                .containsKeys("orders_hold", "orders_approval", "orders_clock", "evidence_attempt", "parties_key");
        tables.put(
                "orders",
                jdbc.sql("SELECT order_id || ' ' || state AS one FROM orders_order WHERE state <> 'refused' ORDER BY 1")
                        .query(String.class)
                        .list()
                        .toString());
        return tables;
    }

    /** Number and type of everything that the case log says about orders. */
    private Set<String> entered() {
        Set<String> entered = new TreeSet<>();
        log.from(LogName.CASE, 0, ENTRIES_AT_MOST).stream()
                .filter(entry -> entry.parsed().type().startsWith("order.")
                        || entry.parsed().type().startsWith("hold."))
                .forEach(entry -> entered.add(
                        entry.recorded().index() + " " + entry.parsed().type()));
        return entered;
    }
}
