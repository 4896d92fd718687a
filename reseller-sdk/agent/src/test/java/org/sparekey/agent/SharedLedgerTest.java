// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.client.ClientSettings;
import org.sparekey.client.Customer;
import org.sparekey.client.ResellerClient;
import org.sparekey.client.Vps;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.CustomerRole;
import org.sparekey.protocol.registration.RegistrationRecord;

/** A program of the reseller's and the agent use one ledger: what no source lists is not lost by the agent's word. */
class SharedLedgerTest {

    private static final String LINE = "192.0.2.10,101,customer-7,2026-11-01T00:00:00Z";
    private static final Instant SINCE = Instant.parse("2026-11-01T00:00:00Z");
    private static final AssignedAddress PORTS = AssignedAddress.ofPublicPorts("192.0.2.99", "tcp", 20_000, 20_999);

    @TempDir
    Path directory;

    private AgentAtWork work;

    @BeforeEach
    void begin() throws IOException {
        work = new AgentAtWork(directory);
        work.csv(LINE);
    }

    @AfterEach
    void end() {
        work.close();
    }

    @Test
    void what_a_program_registered_is_still_there_after_the_agents_first_word_and_after_each_later_one()
            throws Exception {
        program(described().since(SINCE));

        assertThat(work.sync()).as(work::printed).isZero();
        assertThat(work.batches()).isEqualTo(2);
        nothingIsLost("101");
        assertThat(work.sync()).isZero();
        assertThat(work.batches()).as("nothing changed, nothing is sent").isEqualTo(2);

        work.later(Instants.SAY_AGAIN_AFTER);
        assertThat(work.sync()).isZero();
        assertThat(work.batches()).as("said once more").isEqualTo(3);
        nothingIsLost("101");
    }

    @Test
    void what_a_program_registers_between_two_runs_is_said_on_and_not_for_the_time_before() throws Exception {
        assertThat(work.sync()).isZero();
        work.later(Duration.ofHours(1));
        Instant from = work.now();
        program(described().since(from));
        work.later(Duration.ofHours(1));

        assertThat(work.sync()).isZero();

        nothingIsLost("101");
        assertThat(work.registered("101").validFrom()).isAfterOrEqualTo(from);
        assertThat(work.out.toString()).contains("~ cluster-a/101: ports, role, review");
    }

    @Test
    void a_moved_address_takes_nothing_with_it_and_leaves_the_rest() throws Exception {
        work.csv(LINE, "192.0.2.11,102,customer-8,2026-11-01T00:00:00Z");
        assertThat(work.sync()).isZero();
        work.later(Duration.ofHours(1));
        program(described().since(work.now()));
        work.later(Duration.ofHours(1));

        assertThat(work.command("move-ip", "192.0.2.10", "--from", "101", "--to", "102"))
                .as(work::printed)
                .isZero();

        assertThat(work.registered("101").addresses()).containsExactly(PORTS);
        assertThat(work.registered("101").reviewBeforeCapture()).isTrue();
        assertThat(work.registered("102").addresses())
                .extracting(AssignedAddress::prefix)
                .containsExactlyInAnyOrder("192.0.2.10", "192.0.2.11");
        assertThat(work.registered("102").reviewBeforeCapture()).isFalse();
    }

    @Test
    void a_role_is_the_customers_and_goes_with_him() throws Exception {
        program(described().since(SINCE));
        assertThat(work.sync()).isZero();
        work.csv(LINE.replace("customer-7", "customer-9"));
        work.later(Duration.ofHours(1));

        assertThat(work.sync()).isZero();

        assertThat(work.registered("101").customerRole()).isEmpty();
        assertThat(work.registered("101").addresses()).contains(PORTS);
        assertThat(work.registered("101").reviewBeforeCapture()).isTrue();
    }

    @Test
    void a_number_that_is_used_again_is_another_machine() throws Exception {
        program(described().since(SINCE));
        program(Vps.on("cluster-a", "101").ended().since(SINCE.plusSeconds(60)));

        assertThat(work.sync()).as(work::printed).isZero();

        RegistrationRecord record = work.registered().stream()
                .filter(one -> one.addresses().contains(AssignedAddress.ofPublic("192.0.2.10")))
                .findFirst()
                .orElseThrow();
        assertThat(record.addresses()).hasSize(1);
        assertThat(record.customerRole()).isEmpty();
        assertThat(record.reviewBeforeCapture()).isFalse();
    }

    @Test
    void who_takes_the_ports_back_has_taken_them_back() throws Exception {
        program(described().since(SINCE));
        assertThat(work.sync()).isZero();
        work.later(Duration.ofHours(1));
        program(Vps.on("cluster-a", "101")
                .address("192.0.2.10")
                .customer(Customer.of("customer-7"))
                .since(work.now()));
        work.later(Duration.ofHours(1));

        assertThat(work.sync()).isZero();

        assertThat(work.registered("101").addresses()).containsExactly(AssignedAddress.ofPublic("192.0.2.10"));
        assertThat(work.registered("101").customerRole()).isEmpty();
        assertThat(work.registered("101").reviewBeforeCapture()).isFalse();
    }

    private void nothingIsLost(String vm) {
        RegistrationRecord record = work.registered(vm);
        assertThat(record.addresses()).containsExactlyInAnyOrder(AssignedAddress.ofPublic("192.0.2.10"), PORTS);
        assertThat(record.customerRole()).contains(CustomerRole.ONWARD_SELLER);
        assertThat(record.reviewBeforeCapture()).isTrue();
    }

    private static Vps.Description described() {
        return Vps.on("cluster-a", "101")
                .address("192.0.2.10")
                .assigned(PORTS)
                .customer(Customer.of("customer-7"))
                .customerRole(CustomerRole.ONWARD_SELLER)
                .reviewBeforeCapture();
    }

    private void program(Vps machine) throws IOException, MalformedException {
        ClientSettings settings = ClientSettings.usual().clock(work.gateway.clock());
        try (ResellerClient client = ResellerClient.open(work.config(), settings)) {
            assertThat(client.register(List.of(machine)).summary())
                    .startsWith("proven")
                    .contains("0 of 1 lines");
        }
    }
}
