// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.gateway.edge.listen.Ports;
import org.sparekey.gateway.fixture.ClientTls;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import tools.jackson.databind.JsonNode;

/** Three doors, and nothing of one behind another. */
class ListenersTest {

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final HttpClient anybody = ClientTls.client(gateway.world(), Optional.empty());
    private final HttpClient enrolled = ClientTls.client(
            gateway.world(), Optional.of(gateway.world().cast().investigator().tls()));

    @Test
    void the_configured_ports_are_open() {
        Ports ports = gateway.bean(Ports.class);
        assertThat(ports.api()).isEqualTo(gateway.world().site().apiPort());
        assertThat(ports.open()).isEqualTo(gateway.world().site().publicPort());
    }

    @Test
    void the_api_does_not_answer_without_a_client_certificate() {
        assertThatThrownBy(() -> get(anybody, api("/v1/echo"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(anybody, api("/oauth2/token"))).isInstanceOf(IOException.class);
    }

    @Test
    void nothing_older_than_tls_1_3_is_spoken() throws Exception {
        for (int port : new int[] {
            gateway.world().site().apiPort(), gateway.world().site().publicPort()
        }) {
            var factory = ClientTls.context(gateway.world().cast().hosterCa().certificate(), Optional.empty())
                    .getSocketFactory();
            try (SSLSocket socket = (SSLSocket) factory.createSocket("localhost", port)) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void every_problem_is_explained_in_the_language_that_is_asked_for(Problem problem) throws Exception {
        assertThat(page(problem, "en").body())
                .startsWith("# " + problem.title() + "\n")
                .contains("## What to do");
        assertThat(page(problem, "nl").body())
                .doesNotStartWith("# " + problem.title() + "\n")
                .contains("## Wat te doen");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nl-BE|nl",
                "de, nl;q=0.8, en;q=0.2|nl",
                "en, nl;q=0.5|en",
                "nl;q=0.1, en;q=0.9|en",
                "fr|en",
                "*|en"
            })
    void the_language_is_the_one_that_the_reader_likes_best(String accepted, String given) throws Exception {
        HttpResponse<String> page = page(Problem.REPLAYED, accepted);
        assertThat(page.headers().firstValue("content-language")).contains(given);
        assertThat(page.headers().firstValue("vary")).contains("Accept-Language");
    }

    private HttpResponse<String> page(Problem problem, String language) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(open("/problems/" + problem.slug()))
                .header("Accept-Language", language)
                .build();
        return anybody.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void the_pages_of_problems_are_public_in_both_languages() throws Exception {
        HttpResponse<String> english = get(anybody, open("/problems/replayed"));
        assertThat(english.statusCode()).isEqualTo(200);
        assertThat(english.body()).startsWith("# The request was seen before");
        HttpRequest dutch = HttpRequest.newBuilder(open("/problems/replayed"))
                .header("Accept-Language", "nl")
                .build();
        assertThat(anybody.send(dutch, HttpResponse.BodyHandlers.ofString()).body())
                .startsWith("# Dit verzoek is al eerder gezien");
        assertThat(get(anybody, open("/problems/no-such-problem")).statusCode()).isEqualTo(404);
    }

    @Test
    void the_contract_is_public() throws Exception {
        assertThat(get(anybody, open("/openapi.yaml")).body()).contains("openapi: 3.1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/echo",
                "/v1/orders",
                "/oauth2/token",
                "/actuator/health",
                "/error",
                "/",
                "/login",
                "/index.html"
            })
    void the_public_listener_has_nothing_else(String path) throws Exception {
        HttpResponse<String> response = get(anybody, open(path));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/problems/replayed",
                "/openapi.yaml",
                "/actuator/health",
                "/oauth2/authorize",
                "/oauth2/jwks",
                "/",
                "/login"
            })
    void the_api_listener_has_nothing_but_its_two_doors(String path) throws Exception {
        assertThat(get(enrolled, api(path)).statusCode()).isEqualTo(404);
    }

    @Test
    void metadata_advertises_only_what_is_done() throws Exception {
        JsonNode metadata = Wire.tree(get(enrolled, api("/.well-known/oauth-authorization-server"))
                .body()
                .getBytes());
        assertThat(metadata.toString()).doesNotContain("client_secret").doesNotContain("RS256");
        assertThat(metadata.get("token_endpoint").asString())
                .isEqualTo(gateway.world().site().gatewayOrigin() + "/oauth2/token");
    }

    @Test
    void another_grant_or_another_client_id_gets_no_token() throws Exception {
        assertThat(token("grant_type=password&username=a&password=b").statusCode())
                .isEqualTo(400);
        assertThat(token("grant_type=client_credentials&client_id=somebody").statusCode())
                .isEqualTo(401);
        assertThat(token("grant_type=client_credentials&client_secret=x&client_id="
                                + gateway.world()
                                        .cast()
                                        .prosecutor()
                                        .tls()
                                        .keyId()
                                        .base64url())
                        .statusCode())
                .isEqualTo(401);
        assertThat(token("grant_type=client_credentials&scope=approvals").statusCode())
                .isEqualTo(400);
    }

    @Test
    void health_is_told_on_the_loopback_interface_alone() throws Exception {
        URI health = URI.create("http://127.0.0.1:" + gateway.world().site().managementPort() + "/actuator/health");
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("UP");
        URI env = URI.create("http://127.0.0.1:" + gateway.world().site().managementPort() + "/actuator/env");
        assertThat(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(env).build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void every_public_answer_forbids_what_browsers_would_try() throws Exception {
        var headers = get(anybody, open("/problems/replayed")).headers();
        assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
        assertThat(headers.firstValue("content-security-policy")).isPresent();
        assertThat(headers.firstValue("strict-transport-security")).isPresent();
        assertThat(headers.firstValue("server")).isEmpty();
    }

    private HttpResponse<String> token(String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(api("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return enrolled.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(HttpClient client, URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI api(String path) {
        return URI.create(gateway.world().site().gatewayOrigin() + path);
    }

    private URI open(String path) {
        return URI.create(gateway.world().site().publicOrigin() + path);
    }
}
