// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.approval.DelegationStatus;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.AuthorityReport;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Adoptions;
import org.sparekey.testkit.world.Cast;
import org.sparekey.tool.Sparekey;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What officers do by commands beside judging orders: an authority that is not itself, and the law. */
class OfficerCommandTest {

    private static final int OK = 0;
    private static final int NOT_AUTHORISED = 4;
    private static final int NOT_FOUND = 6;
    private static final int CONFLICT = 7;
    private static final int INCOMPLETE = 10;

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();
    private final StringWriter err = new StringWriter();
    private StringWriter out = new StringWriter();

    @TempDir
    Path directory;

    /** The gateway is shared: a test that failed half way leaves nobody suspended. */
    @AfterEach
    void everybodyIsServed() {
        gateway.bean(JdbcClient.class)
                .sql("UPDATE orders_suspension SET lifted_at = suspended_at WHERE lifted_at IS NULL")
                .update();
    }

    @Test
    void one_officer_suspends_and_two_with_the_supervisor_resume() throws Exception {
        assertThat(as(cast.investigator(), "authority", "suspend", Cast.COURT)).isEqualTo(NOT_AUTHORISED);
        assertThat(as(cast.officer1(), "authority", "suspend", "niemand")).isEqualTo(NOT_FOUND);
        assertThat(as(cast.officer1(), "authority", "suspend", Cast.COURT))
                .as(err::toString)
                .isEqualTo(OK);
        assertThat(printed().suspendedAt()).isPresent();
        assertThat(gateway.client(cast.judge()).get("/v1/orders/ORD-AAAA-AAAA").problem())
                .isIn(Problem.AUTHORITY_SUSPENDED, Problem.FORBIDDEN);

        Path word = directory.resolve("resumption.json");
        assertThat(resume(Cast.OTHER_AUTHORITY, word)).as("it is not suspended").isEqualTo(INCOMPLETE);
        assertThat(resume(Cast.COURT, word)).as(err::toString).isEqualTo(OK);
        for (Actor signer : List.of(cast.officer1(), cast.officer2())) {
            assertThat(as(signer, "authority", "sign", word.toString())).isEqualTo(OK);
            assertThat(out.toString()).contains("their mailbox is theirs again");
        }
        assertThat(send(word)).as("without the supervisor").isEqualTo(NOT_AUTHORISED);
        assertThat(as(cast.supervisor(), "authority", "sign", word.toString())).isEqualTo(OK);
        assertThat(send(word)).as(err::toString).isEqualTo(OK);
        assertThat(printed().suspendedAt()).isEmpty();
        assertThat(send(word)).as("it is served already").isEqualTo(CONFLICT);
    }

    @Test
    void the_report_is_for_officers_and_the_supervisor() throws Exception {
        assertThat(as(cast.supervisor(), "authority", "report", Cast.AUTHORITY))
                .as(err::toString)
                .isEqualTo(OK);
        assertThat(printed().authority()).isEqualTo(Cast.AUTHORITY);
        assertThat(as(cast.stranger(), "authority", "report", Cast.AUTHORITY)).isEqualTo(NOT_AUTHORISED);
    }

    @Test
    void an_officer_delegates_lists_and_revokes_by_commands() throws Exception {
        Instant now = gateway.bean(InstantSource.class).instant();
        assertThat(delegate(cast.officer1(), now.plus(Duration.ofDays(29))))
                .as("longer than a holiday")
                .isEqualTo(INCOMPLETE);
        assertThat(delegate(cast.investigator(), now.plus(Duration.ofDays(7)))).isEqualTo(NOT_AUTHORISED);
        assertThat(delegate(cast.officer2(), now.plus(Duration.ofDays(7))))
                .as("in another officer's name")
                .isEqualTo(NOT_AUTHORISED);
        assertThat(delegate(cast.officer1(), now.plus(Duration.ofDays(7))))
                .as(err::toString)
                .isEqualTo(OK);
        String digest = Wire.read(out.toString().strip().getBytes(StandardCharsets.UTF_8), DelegationStatus.class)
                .delegation()
                .base64url();

        assertThat(as(cast.supervisor(), "delegation", "list")).isEqualTo(OK);
        assertThat(out.toString()).contains(digest);
        assertThat(as(cast.investigator(), "delegation", "revoke", digest)).isEqualTo(NOT_AUTHORISED);
        assertThat(as(cast.supervisor(), "delegation", "revoke", digest))
                .as(err::toString)
                .isEqualTo(OK);
        assertThat(out.toString()).contains("revokedAt");
        assertThat(as(cast.supervisor(), "delegation", "revoke", "A".repeat(43)))
                .isEqualTo(NOT_FOUND);
    }

    private int delegate(Actor officer, Instant until) {
        return as(
                officer,
                "delegation",
                "give",
                "--officer",
                "officer-1",
                "--to",
                "hoster/officer-2",
                "--until",
                until.toString());
    }

    @Test
    void no_other_statement_is_signed_here() throws Exception {
        Path law = Files.write(
                directory.resolve("law.json"),
                JointStatement.of(Adoptions.said(
                                cast, InstantSource.system().instant(), new java.security.SecureRandom()))
                        .bytes());
        assertThat(as(cast.officer1(), "authority", "sign", law.toString())).isEqualTo(INCOMPLETE);
    }

    @Test
    void two_officers_adopt_the_law_by_commands_and_the_gateway_takes_it() throws Exception {
        Path adoption = directory.resolve("adoption.json");
        assertThat(adopt(cast.officer1(), adoption)).as("nobody is named").isEqualTo(INCOMPLETE);
        assertThat(adopt(cast.officer1(), adoption, "--officers", "officer-1,officer-1"))
                .as("one twice")
                .isEqualTo(INCOMPLETE);
        assertThat(adopt(cast.officer1(), adoption, "--officers", "officer-1,officer-2"))
                .as(err::toString)
                .isEqualTo(OK);
        assertThat(out.toString()).contains(Matrix.newest(), "SHA-256");
        assertThatThrownBy(() -> open(adoption)).hasMessageContaining("Two officers sign");

        assertThat(adopt(cast.officer2(), adoption, "--also")).as(err::toString).isEqualTo(OK);

        assertThat(open(adoption).get()).isEqualTo(Matrix.packaged());
    }

    @Test
    void a_law_that_one_officer_signed_twice_is_not_adopted() {
        Path adoption = directory.resolve("adoption.json");
        adopt(cast.officer1(), adoption, "--officers", "officer-1,officer-2");
        assertThat(adopt(cast.officer1(), adoption, "--also")).isEqualTo(OK);

        assertThatThrownBy(() -> open(adoption)).hasMessageContaining("One person signed twice");
    }

    private AdoptedLaw open(Path adoption) {
        return AdoptedLaw.open(
                new LawSettings(adoption), gateway.bean(Parties.class), gateway.bean(InstantSource.class));
    }

    private int adopt(Actor officer, Path file, String... more) {
        List<String> words = new ArrayList<>(List.of(file.toString()));
        words.addAll(List.of(more));
        return as(officer, "law", "adopt", words.toArray(String[]::new));
    }

    private int resume(String authority, Path file) {
        return as(
                cast.officer1(),
                "authority",
                "resume",
                authority,
                "--officers",
                "officer-1,officer-2",
                "--explanation",
                "their mailbox is theirs again",
                "--out",
                file.toString());
    }

    private int send(Path file) {
        return as(cast.officer1(), "authority", "send", Cast.COURT, file.toString());
    }

    private AuthorityReport printed() throws MalformedException {
        return Wire.read(out.toString().strip().getBytes(StandardCharsets.UTF_8), AuthorityReport.class);
    }

    private int as(Actor actor, String group, String command, String... more) {
        List<String> words = new ArrayList<>(List.of(group, command));
        words.addAll(List.of(
                "--config",
                gateway.world().home(actor).resolve(ChannelConfiguration.FILE).toString()));
        words.addAll(List.of(more));
        out = new StringWriter();
        return Sparekey.run(new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
    }
}
