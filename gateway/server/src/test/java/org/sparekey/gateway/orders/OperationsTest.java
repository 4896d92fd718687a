// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.fixture.Operation;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.gateway.orders.OperationRules.Answer;
import org.sparekey.gateway.parties.Joined;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.Role;
import org.sparekey.gateway.wholepath.ImageHoster;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.signature.Message;
import org.sparekey.testkit.Database;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Actor x operation x state over real HTTPS: every operation of openapi.yaml, by everybody, in every state of an order. What
 * each is answered follows from the contract's scopes and {@link OperationRules}; an operation that is in one of the two
 * alone fails the build, and so does a cell that answers otherwise. The states are written into the row of an order that was
 * really delivered; what is sent is signed, complete and true.
 */
class OperationsTest {

    private static final Map<String, String> NOTHING = Map.ofEntries(
            Map.entry("{batchId}", "00000000-0000-7000-8000-000000000000"),
            Map.entry("{log}", "case"),
            Map.entry("{file}", "checkpoint"),
            Map.entry("{authority}", "niemand"),
            Map.entry("{order}", "ORD-2222-2222"),
            Map.entry("{enrolment}", "ENR-AAAA-AAAA"),
            Map.entry("{deletionId}", "DEL-AAAA-AAAA"),
            Map.entry("{leafHash}", "A".repeat(43)),
            Map.entry("{keyId}", "A".repeat(43)),
            Map.entry("{delegation}", "A".repeat(43)),
            Map.entry("{list}", "A".repeat(43)));

    private static final ImageHoster HOSTER = ImageHoster.shared();
    private static final Cast CAST = HOSTER.cast();
    private static final Map<String, Operation> CONTRACT = Operation.published().stream()
            .collect(Collectors.toMap(Operation::toString, Function.identity(), (one, _) -> one, TreeMap::new));
    private static final Map<String, Actor> ACTORS = actors();
    private static final Map<String, SignedClient> CLIENTS = new LinkedHashMap<>();
    private static final Map<String, Set<String>> SCOPES = new LinkedHashMap<>();

    private static JdbcClient rows;
    private static OrderStatus order;
    private static WellFormed wellFormed;

    @BeforeAll
    static void delivered() throws Exception {
        Database.Access database = HOSTER.gateway().database();
        rows = JdbcClient.create(new DriverManagerDataSource(
                database.url(),
                database.superuser().user(),
                database.superuser().password()));
        ACTORS.forEach((who, actor) -> {
            CLIENTS.put(who, HOSTER.gateway().client(actor));
            SCOPES.put(
                    who,
                    HOSTER
                            .gateway()
                            .bean(Parties.class)
                            .messageKey(actor.message().keyId())
                            .orElseThrow()
                            .scopes()
                            .stream()
                            .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.toSet()));
        });
        order = HOSTER.available(HOSTER.review());
        String path = "/v1/orders/" + order.orderId();
        SignedClient officer = HOSTER.gateway().client(CAST.officer1());
        SignedDocument manifest = SignedDocument.parse(HOSTER.gateway()
                .client(CAST.prosecutor())
                .get(path + "/evidence/manifest.jws")
                .text()
                .strip());
        wellFormed = new WellFormed(
                HOSTER.world(),
                order,
                officer.get(path + "/approval-basis").json(ApprovalBasis.class),
                officer.get(path + "/call-back-sheet").json(CallBackSheet.class),
                manifest.digest());
    }

    @AfterAll
    static void ended() {
        if (order != null) {
            put(new OrderState.Withdrawn());
        }
    }

    /** A token lasts five minutes, and all of the states together may take longer. */
    @BeforeEach
    void freshTokens() {
        CLIENTS.replaceAll((who, _) -> HOSTER.gateway().client(of(ACTORS, who)));
    }

    @Test
    void every_operation_of_the_contract_has_its_rule_and_every_rule_its_operation() {
        Set<String> ruled = new TreeSet<>(OperationRules.OF_AN_ORDER.keySet());
        ruled.addAll(OperationRules.OF_NO_ORDER.keySet());

        assertThat(CONTRACT.keySet()).isEqualTo(ruled);
    }

    @Test
    void no_state_is_left_out() {
        assertThat(EveryOrder.classes(EveryOrder.STATES)).isEqualTo(Set.of(OrderState.class.getPermittedSubclasses()));
    }

    static List<OrderState> states() {
        return EveryOrder.STATES;
    }

    /** Whoever is stopped by his scopes is so before the order is looked at: that is asked once, below. */
    @ParameterizedTest
    @MethodSource("states")
    void everybody_whom_his_scopes_let_in_is_answered_as_the_rules_say(OrderState state) {
        Map<String, String> wrong = new TreeMap<>();
        put(state);
        OperationRules.OF_AN_ORDER.forEach((operation, rule) -> ACTORS.keySet().stream()
                .filter(who -> lets(who, operation))
                .filter(who -> !operation.endsWith("/bundle") || who.equals("officer"))
                .forEach(who -> {
                    Reply reply = ask(operation, rule.to(who, state), who, wrong);
                    if (operation.startsWith("POST")) {
                        if (reply.status() >= 400) {
                            unchanged(state, who + " " + operation);
                        }
                        put(state);
                    }
                }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void nobody_is_let_in_without_the_scope() {
        Map<String, String> wrong = new TreeMap<>();
        OrderState state = new OrderState.Available();
        put(state);
        OperationRules.OF_AN_ORDER
                .keySet()
                .forEach(operation -> ACTORS.keySet().stream()
                        .filter(who -> !lets(who, operation))
                        .forEach(who -> ask(operation, OperationRules.FORBIDDEN, who, wrong)));
        unchanged(state, "after all of them");
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_bundle_is_given_to_its_authority_and_to_no_other() {
        Map<String, String> wrong = new TreeMap<>();
        OrderState state = new OrderState.Closed();
        put(state);
        String operation = "GET /v1/orders/{orderId}/bundle";
        for (String who : List.of("investigator", "prosecutor", "stranger")) {
            ask(operation, of(OperationRules.OF_AN_ORDER, operation).to(who, state), who, wrong);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void what_is_about_no_order_is_answered_as_the_rules_say() {
        Map<String, String> wrong = new TreeMap<>();
        OperationRules.OF_NO_ORDER.forEach((operation, rule) -> ACTORS.keySet().forEach(who -> {
            Answer answer = lets(who, operation) ? rule.to(who, new OrderState.Closed()) : OperationRules.FORBIDDEN;
            ask(operation, answer, who, wrong);
        }));
        assertThat(wrong).isEmpty();
    }

    private static boolean lets(String who, String operation) {
        return OperationRules.lets(of(SCOPES, who), of(CONTRACT, operation).scopes());
    }

    private static Reply ask(String operation, Answer expected, String who, Map<String, String> wrong) {
        Reply reply = send(who, of(CONTRACT, operation));
        if (!expected.is(reply) || !reply.bound()) {
            wrong.put(who + " " + operation, reply.status() + " " + shown(reply) + ", not " + expected);
        }
        return reply;
    }

    private static <T> T of(Map<String, T> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }

    /** What is refused leaves the order as it was. */
    private static void unchanged(OrderState state, String cell) {
        String now = rows.sql("SELECT state FROM orders_order WHERE order_id = :id")
                .param("id", order.orderId())
                .query(String.class)
                .single();
        assertThat(now).as(cell).isEqualTo(state.word());
    }

    private static Reply send(String who, Operation operation) {
        SignedClient client = of(CLIENTS, who);
        String path = path(operation);
        if (!operation.method().equals("POST")) {
            return client.send(client.sign(client.request(operation.method(), path)), new byte[0]);
        }
        WellFormed.Body body = operation.path().contains("{orderId}")
                ? wellFormed.of(path.substring(path.lastIndexOf('/') + 1), of(ACTORS, who))
                : nothing(operation);
        byte[] content = body.content().array();
        Message.Request request = client.request("POST", path)
                .with("content-type", body.mediaType())
                .with("idempotency-key", UUID.randomUUID().toString());
        if (path.endsWith("/approvals") || path.endsWith("/refusals") || path.endsWith("/clarifications")) {
            request = request.with("if-match", "\"" + version() + "\"");
        }
        return client.send(client.sign(request.withContent(content)), content);
    }

    private static WellFormed.Body nothing(Operation operation) {
        String type = switch (operation.path()) {
            case "/v1/orders" -> Multipart.contentType("boundary");
            case "/v1/registrations" -> "application/x-ndjson";
            case "/v1/delegations", "/v1/deletions", "/v1/deletions/{deletionId}/reports" -> "application/jose";
            default -> "application/json";
        };
        return new WellFormed.Body(type, Bytes.of("{}".getBytes(StandardCharsets.US_ASCII)));
    }

    private static String path(Operation operation) {
        String path = operation
                .path()
                .replace("{orderId}", order.orderId())
                .replace("{name}", "SHA256SUMS")
                .replace("{year}", year());
        for (Map.Entry<String, String> value : NOTHING.entrySet()) {
            path = path.replace(value.getKey(), value.getValue());
        }
        return path;
    }

    /** The shard that the order's own entries stand in, or will: the last may still wait for its index. */
    private static String year() {
        String origin = HOSTER.gateway().bean(AuditLog.class).origin(LogName.CASE);
        return origin.substring(origin.lastIndexOf('/') + 1);
    }

    /** As if it had come there; the room's and the evidence's own steps leave it alone meanwhile. */
    private static void put(OrderState state) {
        rows.sql("DELETE FROM orders_clock WHERE order_id = :id")
                .param("id", order.orderId())
                .update();
        rows.sql("DELETE FROM evidence_acknowledgement WHERE order_code = :id")
                .param("id", order.orderId())
                .update();
        rows.sql("""
                UPDATE orders_order SET state = :state, state_detail = :detail, needs = 'nothing', releasable = false,
                       lease_until = 'infinity', round = round + 1, version = version + 1
                WHERE order_id = :id
                """)
                .param("state", state.word())
                .param("detail", StateText.detail(state).orElse(null))
                .param("id", order.orderId())
                .update();
    }

    private static long version() {
        return rows.sql("SELECT version FROM orders_order WHERE order_id = :id")
                .param("id", order.orderId())
                .query(Long.class)
                .single();
    }

    private static String shown(Reply reply) {
        return reply.status() < 400 || reply.body().length == 0
                ? ""
                : reply.problem() + " " + reply.details().detail();
    }

    /** No officer said yes in any of these states' rounds: for him there is nothing; {@link CoApproverTest} has the rest. */
    private static Actor counsel() {
        return joined(Joined.newcomer(CAST.elsewhereCa(), "raadsman-voorbeeld", "c-7002"), Role.CO_APPROVER);
    }

    private static Actor joined(Actor newcomer, Role role) {
        Joined.join(
                HOSTER.gateway().bean(JdbcClient.class),
                HOSTER.gateway().bean(AuditLog.class),
                HOSTER.gateway().bean(TransactionOperations.class),
                newcomer,
                role);
        return newcomer;
    }

    private static Map<String, Actor> actors() {
        Map<String, Actor> actors = new LinkedHashMap<>();
        actors.put("investigator", CAST.investigator());
        actors.put("prosecutor", CAST.prosecutor());
        actors.put("stranger", CAST.stranger());
        actors.put("judge", CAST.judge());
        actors.put("officer", CAST.officer1());
        actors.put("co-approver", counsel());
        actors.put("supervisor", CAST.supervisor());
        actors.put("reseller", CAST.reseller());
        actors.put("operator", joined(Joined.newcomer(CAST.hosterCa(), "hoster", "panel"), Role.OPERATOR));
        return actors;
    }
}
