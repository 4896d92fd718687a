// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.protocol.channel.Answer;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.KeyFile;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.testkit.world.Actor;
import org.sparekey.tool.Sparekey;

/** Enrolment as people type it: a reseller with the command, two officers with theirs. */
class EnrolCommandTest {

    private static final int OK = 0;
    private static final int PENDING = 8;

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void a_reseller_is_enrolled_by_four_commands_and_then_speaks() throws Exception {
        String party = "getypt-" + UUID.randomUUID().toString().substring(0, 8);
        Path facts = directory.resolve("facts.json");
        Files.write(
                facts, Wire.write(EnrolmentDesk.newReseller(party).reseller().orElseThrow()));
        Actor officer = gateway.world().cast().officer1();
        assertThat(as(
                        officer,
                        "enrolment",
                        "invite",
                        "--party",
                        party,
                        "--person",
                        "agent",
                        "--role",
                        "RESELLER",
                        "--reseller",
                        facts.toString()))
                .as(err::toString)
                .isEqualTo(OK);
        EnrolmentStatus invited = printed();
        Path config = configuration();
        Path code = Files.writeString(directory.resolve("code"), invited.code().orElseThrow() + "\n");
        String publicListener = "https://localhost:" + gateway.world().site().publicPort();
        String[] enrol = {
            "enrol", "--config", config.toString(), "--code", code.toString(), "--public", publicListener, "--json"
        };

        assertThat(run(enrol)).as(err::toString).isEqualTo(PENDING);
        assertThat(printed().state()).isEqualTo("claimed");
        assertThat(run(enrol)).as("its answer was lost").isEqualTo(PENDING);

        String enrolment = invited.enrolment();
        String file = directory.resolve("statement.json").toString();
        assertThat(as(officer, "enrolment", "statement", enrolment, "--officers", "officer-1,officer-2", "--out", file))
                .isEqualTo(OK);
        for (Actor signer : gateway.world().cast().officers()) {
            assertThat(as(signer, "enrolment", "sign", file)).as(err::toString).isEqualTo(OK);
        }
        assertThat(as(officer, "enrolment", "decide", enrolment, file))
                .as(err::toString)
                .isEqualTo(OK);
        assertThat(printed().state()).isEqualTo("in-force");

        assertThat(out + err.toString())
                .doesNotContain(Files.readString(directory.resolve("pass")).strip());
        ChannelConfiguration own = ChannelConfiguration.load(config);
        try (Channel channel = Channel.open(own, own.keys(directory), InstantSource.system(), new SecureRandom())) {
            assertThat(channel.send(Call.get("/v1/registration-head"))).isInstanceOf(Answer.Granted.class);
        }
    }

    /** A configuration whose keys are not there yet. */
    private Path configuration() throws Exception {
        Path gatewayFiles = gateway.world().directory().resolve("gateway");
        ChannelConfiguration configuration = new ChannelConfiguration(
                gateway.world().site().gatewayOrigin(),
                gatewayFiles.resolve("ca.pem").toString(),
                List.of(gatewayFiles.resolve("message.pem").toString()),
                Optional.empty(),
                new KeyFile("tls.p12", "pass"),
                new KeyFile("message.p12", "pass"),
                Optional.of(new KeyFile("document.p12", "pass")),
                List.of(),
                Optional.empty());
        Path config = directory.resolve("sparekey.json");
        Files.write(config, Wire.write(configuration));
        return config;
    }

    private int as(Actor actor, String group, String command, String... more) {
        List<String> words = new java.util.ArrayList<>(List.of(group, command));
        words.addAll(List.of(
                "--config",
                gateway.world().home(actor).resolve(ChannelConfiguration.FILE).toString()));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        return Sparekey.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    private EnrolmentStatus printed() throws Exception {
        return Wire.read(out.toString().strip().getBytes(StandardCharsets.UTF_8), EnrolmentStatus.class);
    }
}
