// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.LogClosure;
import org.sparekey.protocol.joint.LogStanding;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;

/** Closing an origin over real HTTPS, where nothing is lost: nobody gets it done. Where something is: {@code ClosingTest}. */
class ClosureHttpTest {

    private static final String CLOSURES = "/v1/log/case/closures";
    private static final String JSON = "application/json";

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();
    private String origin;

    @BeforeEach
    void before() {
        origin = standing().origin();
    }

    @AfterEach
    void the_same_origin_goes_on() {
        assertThat(standing().origin()).isEqualTo(origin);
        assertThat(standing().stopped()).isEmpty();
    }

    @Test
    void an_origin_that_lost_nothing_is_not_closed_whoever_signs() {
        Reply reply = post(cast.officer1(), signed(cast.officer1(), cast.officer2()));
        assertThat(reply.problem()).isEqualTo(Problem.CONFLICT);
    }

    @Test
    void one_officer_alone_twice_or_with_a_prosecutor_closes_nothing() {
        for (JointStatement joint : List.of(
                signed(cast.officer1()),
                signed(cast.officer1(), cast.officer1()),
                signed(cast.officer1(), cast.prosecutor()))) {
            assertThat(post(cast.officer1(), joint).problem()).isEqualTo(Problem.DOCUMENT_REFUSED);
        }
        assertThat(post(cast.prosecutor(), signed(cast.officer1(), cast.officer2()))
                        .problem())
                .isEqualTo(Problem.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"statement\":\"\",\"proofs\":[]}", "\u0000"})
    void what_is_no_joint_statement_is_a_coded_refusal(String body) {
        Reply reply = gateway.client(cast.officer1()).post(CLOSURES, JSON, body.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.problem()).isEqualTo(Problem.MALFORMED_REQUEST);
    }

    private Reply post(Actor by, JointStatement joint) {
        return gateway.client(by).post(CLOSURES, JSON, joint.bytes());
    }

    private LogStanding standing() {
        return gateway.client(cast.officer1()).get("/v1/log/case/standing").json(LogStanding.class);
    }

    private JointStatement signed(Actor... by) {
        LogStanding now = standing();
        LogClosure said = new LogClosure(
                LogClosure.VERSION,
                LogClosure.TYPE,
                now.origin(),
                now.origin() + "b",
                now.sequenced() + 1,
                now.root(),
                now.sequenced(),
                "as if something had been lost",
                List.of(cast.officer1().person(), cast.officer2().person()),
                InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS),
                Bytes.of(new byte[32]));
        JointStatement joint = JointStatement.of(said);
        for (Actor officer : by) {
            joint = joint.signedBy(officer.document(), said);
        }
        return joint;
    }
}
