// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.OrderDesk.Letter;

/**
 * Who may call what of the contract, over real HTTPS, on orders in several states: an operation that openapi.yaml has and
 * this table has not fails the build, and so does a cell that answers otherwise.
 */
class OperationsTest {

    private static final Instant SEEN = Instant.parse("2026-11-01T14:03:11Z");
    private static final String JSON = "application/json";

    /** Operation: who is let in. For everybody else an order does not exist, or the act is not his. */
    private static final Map<String, Set<String>> MAY = Map.ofEntries(
            Map.entry("GET /v1/orders", Set.of("investigator", "prosecutor", "stranger", "officer")),
            // An officer enters what came on paper.
            Map.entry("POST /v1/orders", Set.of("investigator", "prosecutor", "stranger", "officer")),
            Map.entry("GET /v1/orders/{orderId}", Set.of("investigator", "prosecutor", "officer")),
            Map.entry("GET /v1/orders/{orderId}/answer", Set.of("investigator", "prosecutor", "officer")),
            Map.entry("GET /v1/orders/{orderId}/order", Set.of("investigator", "prosecutor", "officer")),
            Map.entry("GET /v1/orders/{orderId}/approval-basis", Set.of("officer")),
            Map.entry("POST /v1/orders/{orderId}/approvals", Set.of("officer")),
            Map.entry("POST /v1/orders/{orderId}/refusals", Set.of("officer")),
            Map.entry("GET /v1/orders/{orderId}/clarifications", Set.of("investigator", "prosecutor", "officer")),
            Map.entry("POST /v1/orders/{orderId}/clarifications", Set.of("officer")),
            Map.entry("GET /v1/orders/{orderId}/feasibility", Set.of("investigator", "prosecutor", "officer")),
            Map.entry("POST /v1/orders/{orderId}/officer-records", Set.of("officer")),
            Map.entry("GET /v1/efforts", Set.of("officer")),
            Map.entry("GET /v1/orders/{orderId}/call-back-sheet", Set.of("officer")),
            Map.entry("POST /v1/orders/{orderId}/call-back-codes", Set.of("investigator", "prosecutor")),
            Map.entry("POST /v1/orders/{orderId}/call-backs", Set.of("officer")));

    /** Of other rooms, with matrices of their own there. */
    private static final Set<String> OF_OTHER_ROOMS = Set.of(
            "GET /v1/orders/{orderId}/evidence",
            "GET /v1/orders/{orderId}/evidence/{name}",
            "HEAD /v1/orders/{orderId}/evidence/{name}",
            "POST /v1/orders/{orderId}/acknowledgement",
            "GET /v1/orders/{orderId}/bundle");

    private static final Pattern PATH = Pattern.compile("  (/v1/(?:orders\\S*|efforts)):");
    private static final Pattern OTHER_PATH = Pattern.compile("  (/\\S*):");
    private static final Pattern METHOD = Pattern.compile("    (get|post|put|patch|delete|head):");

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();
    private final OrderDesk desk = new OrderDesk(gateway.world(), InstantSource.system(), new SecureRandom());

    @Test
    void every_operation_of_the_contract_is_in_this_table() {
        Set<String> known = new TreeSet<>(MAY.keySet());
        known.addAll(OF_OTHER_ROOMS);

        assertThat(contract()).isEqualTo(known);
    }

    @Test
    void everybody_is_let_in_where_he_may_and_nowhere_else_whatever_the_state() {
        Map<String, String> orders = new LinkedHashMap<>();
        orders.put("closed", submitted(desk.whoHad("203.0.113.9", SEEN)));
        orders.put("received", submitted(desk.voluntary("203.0.113.9", SEEN)));
        orders.put("refused", submitted(desk.diskWithoutJudge("203.0.113.9", SEEN)));
        orders.put("stopped", submitted(desk.disk("203.0.113.9", SEEN)));
        Map<String, String> wrong = new TreeMap<>();
        orders.forEach((state, order) -> clients()
                .forEach((who, client) -> MAY.forEach((operation, may) -> {
                    int status = status(client, operation.replace("{orderId}", order));
                    boolean in = status != 401 && status != 403 && (status != 404 || operation.endsWith("/answer"));
                    // An officer sees that there is no answer; whoever may not see the order sees no order.
                    boolean expected = may.contains(who) || (operation.endsWith("/answer") && status == 404);
                    if (in != expected || status >= 500) {
                        wrong.put(state + " " + who + " " + operation, "answered " + status);
                    }
                })));
        assertThat(wrong).isEmpty();
    }

    @Test
    void what_is_not_due_is_a_conflict_or_not_there_and_changes_nothing() {
        String order = submitted(desk.disk("203.0.113.9", SEEN));
        SignedClient officer = gateway.client(cast.officer1());
        String before = officer.get("/v1/orders/" + order).header("etag");

        for (String operation : MAY.keySet()) {
            if (operation.contains("{orderId}") && operation.startsWith("POST")) {
                int status = status(officer, operation.replace("{orderId}", order));
                assertThat(status).as(operation).isBetween(400, 499);
            }
        }
        assertThat(officer.get("/v1/orders/" + order).header("etag")).isEqualTo(before);
    }

    private Map<String, SignedClient> clients() {
        Map<String, SignedClient> clients = new LinkedHashMap<>();
        clients.put("investigator", gateway.client(cast.investigator()));
        clients.put("prosecutor", gateway.client(cast.prosecutor()));
        clients.put("stranger", gateway.client(cast.stranger()));
        clients.put("judge", gateway.client(cast.judge()));
        clients.put("officer", gateway.client(cast.officer1()));
        clients.put("supervisor", gateway.client(cast.supervisor()));
        clients.put("reseller", gateway.client(cast.reseller()));
        return clients;
    }

    private static int status(SignedClient client, String operation) {
        String path = operation.substring(operation.indexOf(' ') + 1);
        Reply reply = operation.startsWith("GET")
                ? client.get(path)
                : client.post(path, path.equals("/v1/orders") ? Multipart.contentType("boundary") : JSON, body(path));
        return reply.status();
    }

    /** Well formed where the form is judged before the right; nothing that could be carried out. */
    private static byte[] body(String path) {
        String text = path.endsWith("/call-back-codes") ? "{\"subject\":\"ISSUER\"}" : "{}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String submitted(Letter letter) {
        return gateway.client(cast.investigator())
                .post("/v1/orders", Multipart.contentType("boundary"), OrdersFixture.body(letter))
                .json(OrderStatus.class)
                .orderId();
    }

    private static Set<String> contract() {
        Set<String> operations = new TreeSet<>();
        String path = "";
        for (String line : openapi()) {
            Matcher ours = PATH.matcher(line);
            Matcher method = METHOD.matcher(line);
            if (ours.matches()) {
                path = ours.group(1);
            } else if (OTHER_PATH.matcher(line).matches()) {
                path = "";
            } else if (method.matches() && !path.isEmpty()) {
                operations.add(method.group(1).toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        return operations;
    }

    private static List<String> openapi() {
        try (var in = OrderStatus.class.getResourceAsStream("/org/sparekey/protocol/openapi.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
