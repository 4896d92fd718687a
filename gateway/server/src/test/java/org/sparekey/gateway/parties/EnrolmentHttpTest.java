// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.fixture.ClientTls;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.party.EnrolmentRequest;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.protocol.party.Invitation;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemDetails;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Enrolment through the real doors: the claim on the public listener, everything else signed. */
class EnrolmentHttpTest {

    private static final String JSON = "application/json";
    private static final String ENROLMENTS = "/v1/enrolments";

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();
    private final EnrolmentDesk desk = new EnrolmentDesk(gateway.world());
    private final HttpClient stranger = ClientTls.client(gateway.world(), Optional.empty());

    @Test
    void a_new_reseller_claims_his_keys_with_a_code_and_speaks_once_two_officers_signed() {
        String party = "nieuw-" + UUID.randomUUID().toString().substring(0, 8);
        Actor newcomer = EnrolmentDesk.newcomer(cast.resellerCa(), party, "agent");
        EnrolmentStatus invited = invite(EnrolmentDesk.newReseller(party));

        EnrolmentStatus claimed = taken(claim(desk.request(invited.code().orElseThrow(), newcomer)));

        assertThat(claimed.state()).isEqualTo("claimed");
        assertThat(claimed.code()).isEmpty();
        assertThat(claimed.keys())
                .extracting(EnrolmentStatus.ClaimedKey::fingerprint)
                .contains(EnrolmentStatus.groups(newcomer.message().keyId()));
        assertThat(gateway.bean(Parties.class).tlsKey(newcomer.tls().keyId())).isEmpty();

        EnrolmentStatus signed = decide(claimed, desk.signed(claimed, cast.officer1(), cast.officer2()))
                .json(EnrolmentStatus.class);

        assertThat(signed.state()).isEqualTo("in-force");
        assertThat(gateway.client(newcomer).get("/v1/registration-head").status())
                .isEqualTo(200);
        assertThat(gateway.bean(Parties.class).reseller(new PartyId(party)))
                .hasValueSatisfying(entry -> assertThat(entry.legalName()).isEqualTo("Duinrand Zuid Ltd"));
    }

    @Test
    void the_code_is_kept_as_a_digest_only_and_in_no_entry() {
        EnrolmentStatus invited = invite(EnrolmentDesk.invitation(Cast.AUTHORITY, "p-1444", Role.INVESTIGATOR));
        String secret =
                invited.code().orElseThrow().substring(invited.enrolment().length() + 1);
        JdbcClient jdbc = gateway.bean(JdbcClient.class);
        assertThat(jdbc.sql("SELECT row_to_json(e)::text FROM parties_enrolment e WHERE enrolment = :one")
                        .param("one", invited.enrolment())
                        .query(String.class)
                        .single())
                .contains(invited.enrolment())
                .doesNotContain(secret);
        assertThat(invited.toString()).doesNotContain(secret);
        assertThat(gateway.client(cast.officer1())
                        .get(ENROLMENTS + "/" + invited.enrolment())
                        .text())
                .doesNotContain(secret);
    }

    @Test
    void a_guessed_code_burns_after_five_tries_and_then_the_right_one_opens_nothing() {
        EnrolmentStatus invited = invite(EnrolmentDesk.invitation(Cast.AUTHORITY, "p-1445", Role.INVESTIGATOR));
        Actor thief = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1445");
        for (int i = 0; i < EnrolmentDecisions.MAX_TRIES; i++) {
            String guess = invited.enrolment() + ".0000-0000-0000-000" + i;
            assertThat(refused(claim(desk.request(guess, thief)))).isEqualTo(Problem.CODE_REFUSED);
        }
        assertThat(refused(claim(desk.request(invited.code().orElseThrow(), thief))))
                .isEqualTo(Problem.CODE_REFUSED);
        assertThat(shown(invited).state()).isEqualTo("burnt");
    }

    @Test
    void a_used_code_takes_no_second_set_of_keys_and_the_same_claim_is_the_same_claim() {
        EnrolmentStatus invited = invite(EnrolmentDesk.invitation(Cast.AUTHORITY, "p-1446", Role.INVESTIGATOR));
        Actor first = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1446");
        EnrolmentRequest request = desk.request(invited.code().orElseThrow(), first);
        EnrolmentStatus claimed = taken(claim(request));

        assertThat(taken(claim(request))).isEqualTo(claimed);
        Actor second = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1446");
        assertThat(refused(claim(desk.request(invited.code().orElseThrow(), second))))
                .isEqualTo(Problem.CODE_REFUSED);
    }

    @Test
    void a_key_that_did_not_sign_is_not_claimed() {
        EnrolmentStatus invited = invite(EnrolmentDesk.invitation(Cast.AUTHORITY, "p-1447", Role.INVESTIGATOR));
        Actor newcomer = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1447");
        Map<KeyUse, SigningKey> keys = EnrolmentDesk.keys(newcomer);
        EnrolmentRequest lacking = EnrolmentRequest.sign(
                Optional.of(EnrolmentDesk.code(invited.code().orElseThrow())),
                desk.claim(invited.enrolment(), keys),
                List.of(newcomer.tls(), newcomer.message()),
                Optional.empty(),
                java.time.Instant.now());
        assertThat(refused(claim(lacking))).isEqualTo(Problem.MALFORMED_REQUEST);
        assertThat(shown(invited).state()).isEqualTo("invited");
    }

    @Test
    void a_key_that_is_enrolled_a_claim_for_another_gateway_and_half_a_holder_are_refused() {
        EnrolmentStatus invited = invite(EnrolmentDesk.invitation(Cast.AUTHORITY, "p-1448", Role.INVESTIGATOR));
        String code = invited.code().orElseThrow();
        Actor newcomer = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, "p-1448");
        assertThat(refused(
                        claim(desk.request(code, newcomer.withTls(cast.judge().tls())))))
                .isEqualTo(Problem.CONFLICT);
        assertThat(refused(claim(signed(code, "https://other.hoster.example", EnrolmentDesk.keys(newcomer)))))
                .isEqualTo(Problem.CONFLICT);
        assertThat(refused(claim(signed(
                        code, gateway.world().site().gatewayOrigin(), Map.of(KeyUse.DOCUMENT, newcomer.document())))))
                .isEqualTo(Problem.CONFLICT);
        assertThat(shown(invited).state()).isEqualTo("invited");
    }

    @Test
    void one_officer_two_without_the_supervisor_and_the_supervisor_with_one_enrol_no_investigator() {
        EnrolmentStatus claimed = claimedInvestigator("p-1449");
        for (JointStatement joint : List.of(
                desk.signed(claimed, cast.officer1()),
                desk.signed(claimed, cast.officer1(), cast.officer2()),
                desk.signed(claimed, cast.officer1(), cast.supervisor()),
                desk.signed(claimed, cast.officer1(), cast.officer1(), cast.supervisor()),
                desk.signed(claimed, cast.officer1(), cast.prosecutor(), cast.supervisor()))) {
            assertThat(decide(claimed, joint).problem()).isEqualTo(Problem.DOCUMENT_REFUSED);
        }
        assertThat(shown(claimed).state()).isEqualTo("claimed");
    }

    @Test
    void what_was_signed_for_other_keys_enrols_none() {
        EnrolmentStatus one = claimedInvestigator("p-1450");
        EnrolmentStatus other = claimedInvestigator("p-1451");
        JointStatement forOther = desk.signed(other, cast.officer1(), cast.officer2(), cast.supervisor());
        assertThat(decide(one, forOther).problem()).isEqualTo(Problem.DOCUMENT_REFUSED);
    }

    @Test
    void nobody_but_officers_invites_and_nobody_outside_sees() {
        byte[] body = Wire.write(EnrolmentDesk.invitation(Cast.AUTHORITY, "p-1452", Role.PROSECUTOR));
        for (Actor actor : List.of(cast.prosecutor(), cast.reseller(), cast.supervisor())) {
            assertThat(gateway.client(actor).post(ENROLMENTS, JSON, body).problem())
                    .isEqualTo(Problem.FORBIDDEN);
        }
        assertThat(gateway.client(cast.prosecutor()).get(ENROLMENTS).problem()).isEqualTo(Problem.FORBIDDEN);
        assertThat(gateway.client(cast.supervisor()).get(ENROLMENTS).status()).isEqualTo(200);
    }

    @Test
    void a_judge_is_no_investigator_and_a_court_has_no_prosecutor() {
        for (Invitation odd : List.of(
                EnrolmentDesk.invitation(Cast.COURT, "r-1", Role.PROSECUTOR),
                EnrolmentDesk.invitation(Cast.AUTHORITY, "p-1", Role.JUDGE),
                EnrolmentDesk.invitation(Cast.AUTHORITY, "p-1", Role.OFFICER),
                EnrolmentDesk.invitation("niemand", "p-1", Role.INVESTIGATOR),
                EnrolmentDesk.newReseller(Cast.AUTHORITY),
                EnrolmentDesk.newReseller(Cast.RESELLER))) {
            assertThat(gateway.client(cast.officer1())
                            .post(ENROLMENTS, JSON, Wire.write(odd))
                            .problem())
                    .isEqualTo(Problem.CONFLICT);
        }
    }

    @Test
    void a_revoked_key_is_refused_on_the_very_next_request() {
        String party = "weg-" + UUID.randomUUID().toString().substring(0, 8);
        Actor newcomer = EnrolmentDesk.newcomer(cast.resellerCa(), party, "agent");
        EnrolmentStatus claimed = taken(claim(
                desk.request(invite(EnrolmentDesk.newReseller(party)).code().orElseThrow(), newcomer)));
        decide(claimed, desk.signed(claimed, cast.officer1(), cast.officer2()));
        var client = gateway.client(newcomer);
        assertThat(client.get("/v1/registration-head").status()).isEqualTo(200);

        String key = newcomer.message().keyId().base64url();
        assertThat(gateway.client(cast.officer2())
                        .post("/v1/keys/" + key + "/revocations", JSON, new byte[0])
                        .status())
                .isEqualTo(204);

        assertThat(client.get("/v1/registration-head").status()).isEqualTo(401);
    }

    @Test
    void a_reseller_rotates_with_his_old_key_and_nobody_rotates_for_him() {
        String party = "draai-" + UUID.randomUUID().toString().substring(0, 8);
        Actor old = EnrolmentDesk.newcomer(cast.resellerCa(), party, "agent");
        EnrolmentStatus claimed = taken(claim(
                desk.request(invite(EnrolmentDesk.newReseller(party)).code().orElseThrow(), old)));
        decide(claimed, desk.signed(claimed, cast.officer1(), cast.officer2()));
        Actor fresh = EnrolmentDesk.newcomer(cast.resellerCa(), party, "agent");

        byte[] stolen = Wire.write(desk.rotation(cast.otherReseller(), fresh));
        assertThat(gateway.client(old).post("/v1/key-rotations", JSON, stolen).problem())
                .isEqualTo(Problem.DOCUMENT_REFUSED);
        byte[] own = Wire.write(desk.rotation(old, fresh));
        assertThat(gateway.client(cast.otherReseller())
                        .post("/v1/key-rotations", JSON, own)
                        .problem())
                .isEqualTo(Problem.DOCUMENT_REFUSED);

        EnrolmentStatus rotated =
                gateway.client(old).post("/v1/key-rotations", JSON, own).json(EnrolmentStatus.class);

        assertThat(rotated.state()).isEqualTo("in-force");
        assertThat(gateway.client(fresh).get("/v1/registration-head").status()).isEqualTo(200);
        assertThat(gateway.client(old).get("/v1/registration-head").status()).isEqualTo(200);
    }

    @Test
    void garbage_on_the_public_door_is_a_coded_refusal() {
        for (String body : List.of("", "{}", "[]", "null", "{\"v\":1,\"type\":\"enrolment-request\",\"proofs\":[]}")) {
            assertThat(refused(post(body.getBytes(StandardCharsets.UTF_8)))).isEqualTo(Problem.MALFORMED_REQUEST);
        }
        assertThat(refused(post(new byte[EnrolmentRequest.MAX_BYTES + 2]))).isEqualTo(Problem.BODY_TOO_LARGE);
    }

    private EnrolmentStatus claimedInvestigator(String person) {
        EnrolmentStatus invited = invite(EnrolmentDesk.invitation(Cast.AUTHORITY, person, Role.INVESTIGATOR));
        Actor newcomer = EnrolmentDesk.newcomer(cast.policeCa(), Cast.AUTHORITY, person);
        return taken(claim(desk.request(invited.code().orElseThrow(), newcomer)));
    }

    private EnrolmentRequest signed(String code, String origin, Map<KeyUse, SigningKey> keys) {
        return EnrolmentRequest.sign(
                Optional.of(EnrolmentDesk.code(code)),
                EnrolmentDesk.claim(origin, EnrolmentDesk.code(code).enrolment(), keys),
                List.copyOf(keys.values()),
                Optional.empty(),
                java.time.Instant.now());
    }

    private EnrolmentStatus invite(Invitation invitation) {
        Reply reply = gateway.client(cast.officer1()).post(ENROLMENTS, JSON, Wire.write(invitation));
        assertThat(reply.status()).as(reply::text).isEqualTo(201);
        return reply.json(EnrolmentStatus.class);
    }

    private Reply decide(EnrolmentStatus claimed, JointStatement joint) {
        return gateway.client(cast.officer1())
                .post(ENROLMENTS + "/" + claimed.enrolment() + "/decisions", JSON, joint.bytes());
    }

    private EnrolmentStatus shown(EnrolmentStatus status) {
        return gateway.client(cast.officer2())
                .get(ENROLMENTS + "/" + status.enrolment())
                .json(EnrolmentStatus.class);
    }

    private HttpResponse<byte[]> claim(EnrolmentRequest request) {
        return post(Wire.write(request));
    }

    private HttpResponse<byte[]> post(byte[] body) {
        URI uri = URI.create("https://localhost:" + gateway.world().site().publicPort() + "/enrolments");
        try {
            return stranger.send(
                    HttpRequest.newBuilder(uri)
                            .header("Content-Type", JSON)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static EnrolmentStatus taken(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).as(() -> new String(response.body())).isEqualTo(201);
        return read(response, EnrolmentStatus.class);
    }

    private static Problem refused(HttpResponse<byte[]> response) {
        return read(response, ProblemDetails.class).problem().orElseThrow();
    }

    private static <T> T read(HttpResponse<byte[]> response, Class<T> type) {
        try {
            return Wire.read(response.body(), type);
        } catch (MalformedException e) {
            throw new AssertionError(new String(response.body()), e);
        }
    }
}
