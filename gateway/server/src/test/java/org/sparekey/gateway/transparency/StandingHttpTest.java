// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.LogResumption;
import org.sparekey.protocol.joint.LogStanding;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;

/** A log's standing and its resumption over real HTTPS; the client holds every answer against openapi.yaml. */
class StandingHttpTest {

    private static final String RESUMPTIONS = "/v1/log/case/resumptions";
    private static final String JSON = "application/json";

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();

    @Test
    void an_officer_reads_how_far_a_log_is_and_nobody_else_does() {
        LogStanding standing = standing();
        assertThat(standing.origin()).contains("/log/case/");
        assertThat(standing.stopped()).isEmpty();
        assertThat(standing.sequenced()).isPositive();
        for (Actor actor : List.of(cast.investigator(), cast.reseller())) {
            assertThat(gateway.client(actor).get("/v1/log/case/standing").problem())
                    .isEqualTo(Problem.FORBIDDEN);
        }
        assertThat(gateway.client(cast.officer1()).get("/v1/log/other/standing").problem())
                .isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void a_log_that_runs_is_not_resumed_whoever_signs() {
        Reply reply = gateway.client(cast.officer1())
                .post(
                        RESUMPTIONS,
                        JSON,
                        signed(cast.officer1(), cast.officer2()).bytes());
        assertThat(reply.problem()).isEqualTo(Problem.CONFLICT);
        assertThat(standing().stopped()).isEmpty();
    }

    @Test
    void one_officer_alone_twice_or_with_a_prosecutor_resumes_nothing() {
        for (JointStatement joint : List.of(
                signed(cast.officer1()),
                signed(cast.officer1(), cast.officer1()),
                signed(cast.officer1(), cast.prosecutor()))) {
            Reply reply = gateway.client(cast.officer1()).post(RESUMPTIONS, JSON, joint.bytes());
            assertThat(reply.problem()).isEqualTo(Problem.DOCUMENT_REFUSED);
        }
        Reply stranger = gateway.client(cast.prosecutor())
                .post(
                        RESUMPTIONS,
                        JSON,
                        signed(cast.officer1(), cast.officer2()).bytes());
        assertThat(stranger.problem()).isEqualTo(Problem.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"statement\":\"\",\"proofs\":[]}", "\u0000"})
    void what_is_no_joint_statement_is_a_coded_refusal(String body) {
        Reply reply = gateway.client(cast.officer1()).post(RESUMPTIONS, JSON, body.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.problem()).isEqualTo(Problem.MALFORMED_REQUEST);
    }

    private LogStanding standing() {
        return gateway.client(cast.officer1()).get("/v1/log/case/standing").json(LogStanding.class);
    }

    private JointStatement signed(Actor... by) {
        LogStanding now = standing();
        LogResumption said = new LogResumption(
                LogResumption.VERSION,
                LogResumption.TYPE,
                now.origin(),
                now.sequenced(),
                now.root(),
                "restored-behind-log",
                "rebuilt from the published tiles",
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
