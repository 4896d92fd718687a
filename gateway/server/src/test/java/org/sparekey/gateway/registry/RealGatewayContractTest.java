// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sparekey.client.Pause;
import org.sparekey.client.contract.GatewayUnderTest;
import org.sparekey.client.contract.ResellerContract;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.json.Wire;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;

/** What the SDK's fake gateway promises, the real one keeps: over HTTPS, with PostgreSQL behind it. */
class RealGatewayContractTest extends ResellerContract {

    private static final Duration KNOWN_FOR = Duration.ofHours(2);

    private static GatewayFixture gateway;

    @BeforeAll
    static void start() {
        gateway = GatewayFixture.start(Map.of());
        Instant since = InstantSource.system().instant().minus(KNOWN_FOR);
        Imported imported = gateway.bean(Inventory.class).importAssignments("""
            kind,value,reseller,from,to
            PREFIX,%s,%s,%s,
            PREFIX,%s,%s,%s,
            """.formatted(
                        GatewayUnderTest.PREFIX,
                        Cast.RESELLER,
                        Wire.text(since),
                        GatewayUnderTest.OTHER_PREFIX,
                        Cast.OTHER_RESELLER,
                        Wire.text(since))
                .getBytes(StandardCharsets.UTF_8));
        assertThat(imported).isInstanceOf(Imported.Done.class);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** What the agent's own tests show against the fake, command by command, in one reseller's day. */
    @Test
    void the_agent_keeps_a_listing_in_step_by_every_one_of_its_commands() throws IOException {
        AgentAtRealGateway agent = new AgentAtRealGateway(
                gateway,
                gateway.world().crowd().get(0),
                "10.7.0",
                InstantSource.system().instant().minus(KNOWN_FOR).truncatedTo(ChronoUnit.SECONDS));
        agent.listed(1, 701, 2, 702, 3, 702);

        assertThat(agent.source("check")).contains("2 machines");
        assertThat(agent.source("diff")).contains("+ cluster-agent/701", "+ cluster-agent/702");
        assertThat(agent.source("sync", "--dry-run")).contains("2 changes");
        assertThat(agent.run("what-they-see")).contains("10.7.0.0/24").doesNotContain("10.7.0.1/");
        assertThat(agent.source("sync")).contains("2 machines listed, 2 changes");
        assertThat(agent.source("sync")).contains("2 machines listed, 0 changes");
        assertThat(agent.run("doctor")).contains("your last batch is the gateway's last batch");

        agent.run("move-ip", "10.7.0.3", "--from", "702", "--to", "701");
        agent.run("end", "702");

        assertThat(agent.run("receipts")).contains("1", "2", "3");
        String view = agent.run("what-they-see", "--json");
        assertThat(view).contains("\"event\":\"END\"").doesNotContain("customer-unspoken");
        assertThat(agent.run("what-they-see", "--reconciliation")).contains("type = reconciliation-view");
        Path dump = agent.file().resolveSibling("all.ndjson");
        agent.run("what-they-see", "--dump", dump.toString());
        assertThat(Files.readString(dump))
                .contains("\"held\":\"batch\"", "\"held\":\"line\"")
                .doesNotContain("customer-unspoken");
    }

    /** Both sign: the giver a release, the receiver the batch that holds it. */
    @Test
    void a_machine_goes_from_one_reseller_to_another_by_two_commands() throws IOException {
        Instant since = InstantSource.system().instant().minus(KNOWN_FOR).truncatedTo(ChronoUnit.SECONDS);
        AgentAtRealGateway giver =
                new AgentAtRealGateway(gateway, gateway.world().crowd().get(1), "10.8.0", since);
        Actor other = gateway.world().crowd().get(2);
        AgentAtRealGateway receiver = new AgentAtRealGateway(gateway, other, "10.9.0", since);
        giver.listed(1, 801, 2, 802);
        giver.source("sync");
        Path release = giver.file().resolveSibling("release-801.jws");
        String[] handOver = {"801", "--to", other.party(), "--out", release.toString()};

        giver.run("hand-over", handOver);
        byte[] signed = Files.readAllBytes(release);
        Files.delete(release);
        giver.run("hand-over", handOver);
        assertThat(release).as("asked again, the same").hasBinaryContent(signed);
        giver.listed(2, 802);
        assertThat(giver.source("sync")).contains("1 machines listed, 0 changes");

        receiver.listed(1, 801);
        String[] takeOver = {"801", "--release", release.toString(), "--same-customer"};
        assertThat(receiver.source("take-over", takeOver)).contains("1 taken over");
        assertThat(receiver.source("sync")).contains("1 machines listed, 0 changes");
        assertThat(receiver.run("what-they-see", "--json")).contains("\"10.9.0.1\"");

        AgentAtRealGateway thief =
                new AgentAtRealGateway(gateway, gateway.world().crowd().get(3), "10.10.0", since);
        thief.listed(1, 801);
        assertThat(thief.fails(3, "take-over", takeOver)).contains("BAD_RELEASE");
    }

    @Override
    protected GatewayUnderTest gateway() {
        return new GatewayUnderTest() {
            @Override
            public Path configuration(String reseller) throws IOException {
                Cast cast = gateway.world().cast();
                Actor actor = reseller.equals(RESELLER) ? cast.reseller() : cast.otherReseller();
                return gateway.world().home(actor).resolve(ChannelConfiguration.FILE);
            }

            @Override
            public InstantSource clock() {
                return InstantSource.system();
            }

            @Override
            public Duration knownFor() {
                return KNOWN_FOR;
            }

            /** The contract provokes no wait. */
            @Override
            public Pause pause() {
                return time -> {
                    throw new IllegalStateException("the gateway was busy");
                };
            }
        };
    }
}
