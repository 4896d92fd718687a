// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.registration.BatchReceipt;

/** A batch that is refused when it is sent again may have been taken when it was sent first. */
class ResendingTest {

    private static final Instant SINCE = Instant.parse("2026-11-01T00:00:00Z");

    private final TestHoster hoster = new TestHoster(InstantSource.fixed(TestHoster.NOW));

    @TempDir
    Path directory;

    private Path configuration = Path.of("");

    @BeforeEach
    void files() throws IOException {
        configuration = hoster.configuration(directory);
    }

    @AfterEach
    void close() {
        hoster.close();
    }

    @Test
    void a_batch_that_the_gateway_holds_is_not_withdrawn_and_its_number_is_not_given_again() throws Exception {
        takenAndUnanswered();
        hoster.refuseWith = Optional.of(Problem.FORBIDDEN);

        ResellerClientTest.at(configuration, client -> {
            assertThatThrownBy(client::resume).isInstanceOf(GatewayException.Refused.class);
            assertThat(client.hasPending()).isTrue();
            return client;
        });
        hoster.refuseWith = Optional.empty();
        ResellerClientTest.at(configuration, client -> {
            assertThat(client.resume()).containsInstanceOf(Registered.Proven.class);
            assertThat(client.lastBatch()).isOne();
            return client;
        });
        assertThat(Set.copyOf(hoster.registered))
                .as("the same line, sent twice")
                .hasSize(1);
    }

    @Test
    void a_batch_stays_pending_where_nobody_says_whether_it_was_taken() throws Exception {
        hoster.refuseWith = Optional.of(Problem.FORBIDDEN);
        hoster.headIsAway = true;

        ResellerClientTest.at(configuration, client -> {
            assertThatThrownBy(() -> client.register(List.of(vps()))).isInstanceOf(GatewayException.Refused.class);
            assertThat(client.hasPending()).isTrue();
            return client;
        });
    }

    @Test
    void a_batch_that_the_gateway_does_not_hold_is_withdrawn_and_its_number_is_free() throws Exception {
        hoster.refuseWith = Optional.of(Problem.FORBIDDEN);

        ResellerClientTest.at(configuration, client -> {
            assertThat(client.register(List.of(vps()))).isInstanceOf(Registered.Refused.class);
            assertThat(client.hasPending()).isFalse();
            return client;
        });
    }

    /** The hoster registers it and answers with a receipt that does not hold. */
    private void takenAndUnanswered() throws Exception {
        hoster.tamper = receipt -> new BatchReceipt(
                receipt.v(),
                receipt.type(),
                receipt.batchId(),
                receipt.reseller(),
                receipt.seq() + 1,
                receipt.batchDigest(),
                receipt.verdicts(),
                receipt.leafHash(),
                receipt.index(),
                receipt.entry(),
                receipt.opening(),
                receipt.proof());
        ResellerClientTest.at(configuration, client -> {
            assertThatThrownBy(() -> client.register(List.of(vps()))).isInstanceOf(GatewayException.class);
            return client;
        });
        hoster.tamper = UnaryOperator.identity();
    }

    private static Vps vps() {
        return Vps.of("cluster-a", "101", "192.0.2.10", Customer.of("customer-7"), SINCE);
    }
}
