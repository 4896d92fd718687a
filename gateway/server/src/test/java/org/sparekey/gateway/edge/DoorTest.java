// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.Revocations;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.signature.Message;
import org.sparekey.protocol.signature.RequestSigner;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;

/** What the door lets in, and what an attacker with some of a person's things tries. */
class DoorTest {

    private static final String BYTES = "application/octet-stream";

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();
    private final SignedClient investigator = gateway.client(cast.investigator());

    @Test
    void a_signed_request_is_let_in_as_its_person_and_the_answer_is_bound_to_it() {
        Reply reply = investigator.get("/v1/echo");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.bound()).isTrue();
        EchoController.Echo echo = reply.json(EchoController.Echo.class);
        assertThat(echo.party()).isEqualTo(Cast.AUTHORITY);
        assertThat(echo.person()).isEqualTo("p-1001");
        assertThat(echo.role()).isEqualTo("INVESTIGATOR");
        assertThat(reply.header("api-version")).isEqualTo("1.0.0");
        assertThat(reply.header("ratelimit")).contains("r=");
    }

    @Test
    void everybody_on_the_list_is_let_in_as_himself() {
        for (Actor actor : gateway.world().cast().everybody()) {
            if (actor.equals(cast.lapsed()) || actor.equals(cast.dismissed())) {
                continue;
            }
            Reply reply = gateway.client(actor).get("/v1/echo");
            assertThat(reply.status()).as(actor.person() + reply.text()).isEqualTo(200);
            assertThat(reply.json(EchoController.Echo.class).party()).isEqualTo(actor.party());
        }
    }

    @Test
    void a_body_reaches_its_room_once_its_digest_holds() {
        Reply reply = investigator.post("/v1/echo", BYTES, new byte[700_000]);
        assertThat(reply.json(EchoController.Echo.class).bytes()).isEqualTo(700_000);
    }

    @Test
    void a_replayed_request_is_refused_and_does_nothing() {
        byte[] body = {1};
        Message.Request signed = investigator.sign(post(body));
        assertThat(investigator.send(signed, body).status()).isEqualTo(200);
        int reached = EchoController.REACHED.get();
        Reply again = investigator.send(signed, body);
        assertThat(again.problem()).isEqualTo(Problem.REPLAYED);
        assertThat(EchoController.REACHED.get()).isEqualTo(reached);
    }

    @Test
    void an_altered_byte_in_the_body_is_noticed_before_any_room_is_reached() {
        Message.Request signed = investigator.sign(post(new byte[] {1}));
        refused(investigator.send(signed, new byte[] {2}));
    }

    @Test
    void an_altered_digest_is_noticed() {
        Message.Request signed = investigator.sign(post(new byte[] {1}));
        refused(investigator.send(signed.withContent(new byte[] {2}), new byte[] {2}));
    }

    @Test
    void an_altered_covered_header_is_noticed() {
        byte[] body = {1};
        Message.Request signed = investigator.sign(post(body));
        refused(investigator.send(
                signed.with("idempotency-key", UUID.randomUUID().toString()), body));
    }

    @Test
    void an_altered_signature_is_noticed() {
        Message.Request signed = investigator.sign(investigator.request("GET", "/v1/echo"));
        String signature = signed.headers().value("signature").orElseThrow();
        char flipped = signature.charAt(20) == 'A' ? 'B' : 'A';
        refused(investigator.send(
                signed.with("signature", signature.substring(0, 20) + flipped + signature.substring(21)), new byte[0]));
    }

    @Test
    void a_signature_for_one_path_or_method_is_worth_nothing_for_another() {
        Message.Request signed = investigator.sign(investigator.request("GET", "/v1/echo"));
        refused(investigator.send(
                new Message.Request("GET", signed.targetUri() + "?x=1", signed.headers()), new byte[0]));
        refused(investigator.send(new Message.Request("HEAD", signed.targetUri(), signed.headers()), new byte[0]));
    }

    @Test
    void an_unsigned_request_is_told_what_to_cover() {
        Reply reply = investigator.send(investigator.request("GET", "/v1/echo"), new byte[0]);
        refused(reply);
        assertThat(reply.header("accept-signature")).contains("content-digest", "fapi-2-request");
    }

    @Test
    void a_request_signed_too_long_ago_or_ahead_of_time_is_refused() {
        for (Duration shift : new Duration[] {Duration.ofSeconds(-75), Duration.ofSeconds(75)}) {
            InstantSource clock = InstantSource.offset(InstantSource.system(), shift);
            RequestSigner signer = new RequestSigner(cast.investigator().message(), clock, new SecureRandom());
            refused(investigator.withSigner(signer).get("/v1/echo"));
        }
    }

    @Test
    void a_stolen_token_is_worth_nothing_over_another_connection() {
        SignedClient thief = gateway.client(cast.stranger()).withToken(investigator.token());
        Reply reply = thief.get("/v1/echo");
        assertThat(reply.problem()).isEqualTo(Problem.TOKEN_INVALID);
        assertThat(reply.bound()).isTrue();
    }

    @Test
    void a_colleagues_message_key_does_not_speak_over_my_connection() {
        Actor mixed = cast.investigator().withMessage(cast.prosecutor().message());
        Reply reply = gateway.client(mixed).get("/v1/echo");
        assertThat(reply.problem()).isEqualTo(Problem.KEYS_DISAGREE);
    }

    @Test
    void an_unenrolled_an_expired_and_a_connection_key_sign_no_message() {
        Actor unenrolled =
                cast.investigator().withMessage(cast.policeCa().issue(Purpose.MESSAGE, "politie-voorbeeld p-1001"));
        refused(gateway.client(unenrolled).get("/v1/echo"));
        refused(gateway.client(cast.stranger().withMessage(cast.lapsed().message()))
                .get("/v1/echo"));
        refused(gateway.client(
                        cast.investigator().withMessage(cast.investigator().tls()))
                .get("/v1/echo"));
        refused(gateway.client(
                        cast.investigator().withMessage(cast.investigator().document()))
                .get("/v1/echo"));
    }

    @Test
    void an_unenrolled_or_expired_connection_key_does_not_even_shake_hands() {
        Actor unenrolled =
                cast.investigator().withTls(cast.policeCa().issue(Purpose.TLS_CLIENT, "politie-voorbeeld p-1001"));
        assertThatThrownBy(() -> gateway.client(unenrolled).token()).hasMessageContaining("no answer");
        assertThatThrownBy(() -> gateway.client(cast.lapsed()).token()).hasMessageContaining("no answer");
        Actor messageKeyAsConnection =
                cast.investigator().withTls(cast.investigator().message());
        assertThatThrownBy(() -> gateway.client(messageKeyAsConnection).token()).hasMessageContaining("no answer");
    }

    @Test
    void a_revoked_key_is_refused_on_the_very_next_request() {
        SignedClient client = gateway.client(cast.dismissed());
        assertThat(client.get("/v1/echo").status()).isEqualTo(200);
        Revocations revocations = gateway.bean(Revocations.class);
        Caller officer = new Caller(
                PartyId.HOSTER,
                "officer-1",
                Role.OFFICER,
                cast.officer1().message().keyId());
        revocations.revoke(officer, cast.dismissed().message().keyId());
        refused(client.get("/v1/echo"));
        revocations.revoke(officer, cast.dismissed().tls().keyId());
        assertThat(client.get("/v1/echo").problem()).isEqualTo(Problem.TOKEN_INVALID);
    }

    @Test
    void a_post_needs_an_idempotency_key() {
        byte[] body = {1};
        Message.Request request = investigator
                .request("POST", "/v1/echo")
                .with("content-type", BYTES)
                .withContent(body);
        assertThat(investigator.send(investigator.sign(request), body).problem())
                .isEqualTo(Problem.MISSING_IDEMPOTENCY_KEY);
    }

    @Test
    void a_header_that_claims_a_certificate_does_not_reach_a_room() {
        Message.Request request = investigator
                .sign(investigator.request("GET", "/v1/echo"))
                .with("x-client-cert", "MIIB")
                .with("x-forwarded-client-cert", "MIIB");
        Reply reply = investigator.send(request, new byte[0]);
        assertThat(reply.json(EchoController.Echo.class).certificateHeaders()).isEmpty();
    }

    @Test
    void a_volume_flows_under_a_signature_of_its_head() {
        Reply reply = investigator.get("/v1/echo/volume");
        assertThat(reply.text()).isEqualTo("0123456789");
        assertThat(reply.bound()).isTrue();
        assertThat(reply.headers().has("content-digest")).isFalse();
        assertThat(reply.header("repr-digest")).startsWith("sha-256=");
    }

    @Test
    void an_unexpected_failure_tells_its_number_and_nothing_else() {
        Reply reply = investigator.get("/v1/echo/failure");
        assertThat(reply.problem()).isEqualTo(Problem.INTERNAL);
        assertThat(reply.bound()).isTrue();
        assertThat(reply.text()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void a_database_without_a_free_connection_is_worth_another_try() {
        Reply reply = investigator.get("/v1/echo/crowd");
        assertThat(reply.problem()).isEqualTo(Problem.OVERLOADED);
        assertThat(reply.header("retry-after")).isEqualTo("5");
        assertThat(reply.bound()).isTrue();
    }

    private Message.Request post(byte[] body) {
        return investigator
                .request("POST", "/v1/echo")
                .with("content-type", BYTES)
                .with("idempotency-key", UUID.randomUUID().toString())
                .withContent(body);
    }

    private static void refused(Reply reply) {
        if (reply.status() == 401 && reply.body().length == 0) {
            return;
        }
        assertThat(reply.problem())
                .as(new String(reply.body(), StandardCharsets.UTF_8))
                .isEqualTo(Problem.SIGNATURE_INVALID);
        assertThat(reply.bound()).isFalse();
    }
}
