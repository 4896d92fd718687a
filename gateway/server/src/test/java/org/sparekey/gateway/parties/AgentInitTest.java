// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.agent.Agent;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;

/** A reseller's first afternoon: the agent enrols itself with a code over TLS, two officers sign, a list is registered. */
class AgentInitTest {

    private static final int CONFLICT = 7;

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();
    private final EnrolmentDesk desk = new EnrolmentDesk(gateway.world());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void the_agent_enrols_itself_with_a_code_and_registers_once_two_officers_signed() throws Exception {
        String party = "eerste-" + UUID.randomUUID().toString().substring(0, 8);
        EnrolmentStatus invited = status("", Wire.write(EnrolmentDesk.newReseller(party)));
        Path gatewayFiles = gateway.world().directory().resolve("gateway");
        Files.copy(gatewayFiles.resolve("ca.pem"), directory.resolve("gateway-ca.pem"));
        Files.copy(gatewayFiles.resolve("message.pem"), directory.resolve("gateway-message.pem"));
        Path code = Files.writeString(directory.resolve("code"), invited.code().orElseThrow() + "\n");
        String[] init = {
            "init",
            "--reseller",
            party,
            "--hoster",
            "Voorbeeld Hosting B.V.",
            "--gateway",
            gateway.world().site().gatewayOrigin(),
            "--public",
            "https://localhost:" + gateway.world().site().publicPort(),
            "--code",
            code.toString()
        };

        assertThat(run(init)).as(err::toString).isZero();
        assertThat(out.toString()).contains("claimed: " + invited.enrolment());
        byte[] keys = Files.readAllBytes(directory.resolve("document.p12"));
        assertThat(run(init)).as("its answer was lost: " + err).isZero();
        assertThat(directory.resolve("document.p12")).hasBinaryContent(keys);
        EnrolmentStatus claimed = gateway.client(cast.officer1())
                .get("/v1/enrolments/" + invited.enrolment())
                .json(EnrolmentStatus.class);
        for (EnrolmentStatus.ClaimedKey key : claimed.keys()) {
            assertThat(out.toString()).as("what is read out").contains(key.fingerprint());
        }

        logKey();
        Files.writeString(
                directory.resolve("fleet.csv"),
                "ip,vm,customerRef,validFrom\n10.11.0.7,101,customer-unspoken,%s\n"
                        .formatted(Wire.text(since().plusSeconds(60))));
        String[] sync = {
            "sync",
            "--source",
            "csv",
            "--cluster",
            "c",
            "--file",
            directory.resolve("fleet.csv").toString()
        };
        assertThat(run(sync)).as("nobody signed yet").isNotZero();
        EnrolmentStatus signed = status(
                "/" + claimed.enrolment() + "/decisions",
                desk.signed(claimed, cast.officer1(), cast.officer2()).bytes());

        assertThat(signed.state()).isEqualTo("in-force");
        rent(party);
        assertThat(run(sync)).as(err::toString).isZero();
        assertThat(run("receipts")).as(err::toString).isZero();
        assertThat(out.toString()).contains("PROVEN");
        assertThat(out + err.toString()).doesNotContain(invited.code().orElseThrow(), "customer-unspoken");
    }

    @Test
    void a_code_that_another_guessed_enrols_no_agent() throws Exception {
        Path gatewayFiles = gateway.world().directory().resolve("gateway");
        Files.copy(gatewayFiles.resolve("ca.pem"), directory.resolve("gateway-ca.pem"));
        Files.copy(gatewayFiles.resolve("message.pem"), directory.resolve("gateway-message.pem"));
        Path code = Files.writeString(directory.resolve("code"), "ENR-7Q4F-2KX9.ABCD-EFGH-JKMN-PQRS\n");
        assertThat(run(
                        "init",
                        "--reseller",
                        "vreemd",
                        "--hoster",
                        "Voorbeeld Hosting B.V.",
                        "--gateway",
                        gateway.world().site().gatewayOrigin(),
                        "--public",
                        "https://localhost:" + gateway.world().site().publicPort(),
                        "--code",
                        code.toString()))
                .isIn(4, CONFLICT);
        assertThat(out + err.toString()).doesNotContain("ABCD-EFGH");
    }

    private EnrolmentStatus status(String path, byte[] body) {
        return gateway.client(cast.officer1())
                .post("/v1/enrolments" + path, "application/json", body)
                .json(EnrolmentStatus.class);
    }

    /** What the hoster hands over beside his keys. */
    private void logKey() throws Exception {
        Actor other = cast.reseller();
        ChannelConfiguration theirs =
                ChannelConfiguration.load(gateway.world().home(other).resolve(ChannelConfiguration.FILE));
        Path config = directory.resolve(ChannelConfiguration.FILE);
        ChannelConfiguration own = ChannelConfiguration.load(config);
        Files.write(
                config,
                Wire.write(new ChannelConfiguration(
                        own.gateway(),
                        own.gatewayCa(),
                        own.gatewayMessageKeys(),
                        own.clientId(),
                        own.tlsKey(),
                        own.messageKey(),
                        own.documentKey(),
                        theirs.logKeys(),
                        own.reseller())));
    }

    private void rent(String party) {
        Imported imported = gateway.bean(Inventory.class)
                .importAssignments("kind,value,reseller,from,to\nPREFIX,10.11.0.0/24,%s,%s,\n"
                        .formatted(party, Wire.text(since()))
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(imported).isInstanceOf(Imported.Done.class);
    }

    private static Instant since() {
        return Instant.now().minusSeconds(7_200).truncatedTo(ChronoUnit.MINUTES);
    }

    private int run(String command, String... more) {
        List<String> words = new ArrayList<>(List.of(
                command,
                "--config",
                directory.resolve(ChannelConfiguration.FILE).toString()));
        words.addAll(List.of(more));
        return Agent.run(new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
    }

    private int run(String[] words) {
        return run(words[0], Arrays.copyOfRange(words, 1, words.length));
    }
}
