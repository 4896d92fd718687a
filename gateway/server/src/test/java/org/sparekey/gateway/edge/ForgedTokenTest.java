// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.protocol.problem.Problem;

/** Tokens that the gateway did not sign, with every claim right. */
class ForgedTokenTest {

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final SignedClient client = gateway.client(gateway.world().cast().investigator());

    @Test
    void a_token_says_what_it_must_and_is_signed_by_es256() throws Exception {
        SignedJWT token = SignedJWT.parse(client.token());
        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        JWTClaimsSet claims = token.getJWTClaimsSet();
        String origin = gateway.world().site().gatewayOrigin();
        assertThat(claims.getAudience()).containsExactly(origin);
        assertThat(claims.getIssuer()).isEqualTo(origin);
        assertThat(claims.getJSONObjectClaim("cnf")).containsKey("x5t#S256");
        long lifeMillis =
                claims.getExpirationTime().getTime() - claims.getIssueTime().getTime();
        assertThat(lifeMillis).isEqualTo(300_000);
        assertThat(claims.getStringListClaim("scope"))
                .contains("orders", "evidence")
                .doesNotContain("approvals");
    }

    @Test
    void a_token_without_signature_is_refused() throws Exception {
        refused(new PlainJWT(claims()).serialize());
    }

    @Test
    void a_token_signed_by_the_public_key_as_a_secret_is_refused() throws Exception {
        byte[] publicKey = gateway.world().gatewayMessage().publicKey().getEncoded();
        refused(signed(new JWSHeader(JWSAlgorithm.HS256), new MACSigner(publicKey)));
    }

    @Test
    void a_token_that_brings_its_own_key_is_refused() throws Exception {
        ECKey own = new ECKeyGenerator(Curve.P_256).keyID("own").generate();
        refused(signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .jwk(own.toPublicJWK())
                        .keyID("own")
                        .build(),
                new ECDSASigner(own)));
    }

    @Test
    void a_token_under_the_right_key_id_by_another_key_is_refused() throws Exception {
        ECKey own = new ECKeyGenerator(Curve.P_256).generate();
        String keyId = SignedJWT.parse(client.token()).getHeader().getKeyID();
        refused(signed(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId).build(), new ECDSASigner(own)));
    }

    @Test
    void an_expired_token_is_refused_whoever_signed_it() throws Exception {
        ECKey own = new ECKeyGenerator(Curve.P_256).generate();
        JWTClaimsSet old =
                new JWTClaimsSet.Builder(claims()).expirationTime(new Date(1)).build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), old);
        token.sign(new ECDSASigner(own));
        refused(token.serialize());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30."})
    void a_token_that_is_none_is_refused(String token) {
        refused(token);
    }

    private void refused(String token) {
        Reply reply = client.withToken(token).get("/v1/echo");
        assertThat(reply.problem()).isEqualTo(Problem.TOKEN_INVALID);
        assertThat(reply.bound()).isTrue();
    }

    private String signed(JWSHeader header, JWSSigner signer) throws JOSEException, ParseException {
        SignedJWT token = new SignedJWT(header, claims());
        token.sign(signer);
        return token.serialize();
    }

    private JWTClaimsSet claims() throws ParseException {
        return SignedJWT.parse(client.token()).getJWTClaimsSet();
    }
}
