// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.fixture.ClientTls;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Operation;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.gateway.parties.Joined;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Every operation of the contract, asked with a token of each single scope: without one of the scopes that its
 * {@code security} names, whoever it is and whatever else is right, it is 403.
 */
class ScopesTest {

    private static final String LACKS = "the token has not the scope that this needs";
    private static final Map<String, String> VALUES = Map.of(
            "{orderId}", "ORD-AAAA-AAAA",
            "{batchId}", "00000000-0000-7000-8000-000000000000",
            "{name}", "SHA256SUMS",
            "{log}", "case",
            "{year}", "2026",
            "{file}", "checkpoint",
            "{authority}", Cast.OTHER_AUTHORITY);

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();

    @Test
    void a_token_without_the_scope_opens_nothing_and_one_with_it_is_not_stopped_for_that() throws Exception {
        Map<String, SignedClient> holders = holders();
        List<Operation> operations = Operation.published();
        assertThat(operations).hasSizeGreaterThan(40);
        Map<String, String> wrong = new TreeMap<>();
        for (Operation operation : operations) {
            holders.forEach((scope, holder) -> {
                Reply reply = ask(holder, operation);
                boolean lacks = reply.status() == 403 && (reply.text().contains(LACKS) || isHead(operation));
                boolean expected =
                        !operation.scopes().isEmpty() && !operation.scopes().contains(scope);
                boolean coded = !lacks || isHead(operation) || reply.problem() == Problem.FORBIDDEN;
                if (lacks != expected || !coded || !reply.bound() || reply.status() >= 500) {
                    wrong.put(operation + " with " + scope, reply.status() + " " + reply.text());
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_token_can_be_asked_for_with_less_than_one_has_and_never_with_more() throws Exception {
        assertThat(token(cast.investigator(), "orders").statusCode()).isEqualTo(200);
        assertThat(token(cast.investigator(), "approvals").statusCode()).isEqualTo(400);
        assertThat(token(cast.reseller(), "registrations orders").statusCode()).isEqualTo(400);
    }

    @Test
    void a_log_path_of_any_depth_a_head_and_a_path_written_otherwise_need_what_the_get_needs() {
        ContractScopes scopes = ContractScopes.published();
        assertThat(scopes.scopes("GET", "/v1/log/case/2026/tile/0/x001/067")).contains(Set.of("log"));
        assertThat(scopes.scopes("GET", "/v1/%65fforts")).contains(Set.of("approvals"));
        assertThat(scopes.scopes("HEAD", "/v1/efforts")).contains(Set.of("approvals"));
        assertThat(scopes.scopes("GET", "/v1/orders/ORD-AAAA-AAAA/nothing")).isEmpty();
        assertThat(scopes.scopes("DELETE", "/v1/orders/ORD-AAAA-AAAA")).isEmpty();
    }

    /** By scope: somebody who has it, with a token of this scope alone. */
    private Map<String, SignedClient> holders() throws Exception {
        Map<String, SignedClient> holders = new LinkedHashMap<>();
        holders.put("registrations", holder(cast.reseller(), "registrations"));
        holders.put("orders", holder(cast.investigator(), "orders"));
        holders.put("evidence", holder(cast.prosecutor(), "evidence"));
        holders.put("approvals", holder(cast.officer1(), "approvals"));
        holders.put("co_approvals", holder(joined(), "co_approvals"));
        holders.put("withdrawals", holder(cast.judge(), "withdrawals"));
        holders.put("log", holder(cast.officer2(), "log"));
        return holders;
    }

    private Actor joined() {
        Actor counsel = Joined.newcomer(cast.elsewhereCa(), "raadsman-voorbeeld", "c-7001");
        Joined.join(
                gateway.bean(JdbcClient.class),
                gateway.bean(AuditLog.class),
                gateway.bean(TransactionOperations.class),
                counsel,
                Role.CO_APPROVER);
        return counsel;
    }

    private SignedClient holder(Actor actor, String scope) throws Exception {
        String token = Wire.tree(token(actor, scope).body().getBytes(StandardCharsets.UTF_8))
                .get("access_token")
                .asString();
        return gateway.client(actor).withToken(token);
    }

    private HttpResponse<String> token(Actor actor, String scope) throws Exception {
        HttpClient http = ClientTls.client(gateway.world(), Optional.of(actor.tls()));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(gateway.world().site().gatewayOrigin() + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&scope=" + scope.replace(' ', '+')))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Nothing that could be carried out: what is let through is refused by its form. */
    private static Reply ask(SignedClient client, Operation operation) {
        return switch (operation.method()) {
            case "POST" -> client.post(url(operation), "application/x-nothing", new byte[] {'{'});
            case "GET", "HEAD" ->
                client.send(client.sign(client.request(operation.method(), url(operation))), new byte[0]);
            default -> throw new AssertionError("no such method was expected: " + operation);
        };
    }

    private static boolean isHead(Operation operation) {
        return operation.method().equals("HEAD");
    }

    private static String url(Operation operation) {
        String url = operation.path();
        for (Map.Entry<String, String> value : VALUES.entrySet()) {
            url = url.replace(value.getKey(), value.getValue());
        }
        return url.replaceAll("\\{[^}]+}", "AAAA-AAAA-AAAA-AAAA");
    }
}
