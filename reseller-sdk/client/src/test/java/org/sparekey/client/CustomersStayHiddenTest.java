// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.fake.FakeGateway;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.RegistrationRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What arrives at the hoster reads the same whether one customer rents all machines or each rents one. */
class CustomersStayHiddenTest {

    private static final String RESELLER = "palmstrand";
    private static final int MACHINES = 50;
    private static final List<String> RANDOM = List.of("vpsRef", "tenancyRef", "pseudonym", "commitments", "salt");

    @TempDir
    Path directory;

    @Test
    void one_customer_and_as_many_as_machines_leave_the_same_content_and_the_same_sizes() throws Exception {
        Map<String, JsonNode> one = arrived("one", i -> Customer.of("the only one"));
        Map<String, JsonNode> many = arrived("many", i -> Customer.of("customer with a longer name " + i));

        assertThat(sizes(one)).isEqualTo(sizes(many));
        assertThat(blank(one)).isEqualTo(blank(many));
        for (Map<String, JsonNode> fleet : List.of(one, many)) {
            for (String field : RANDOM) {
                assertThat(fleet.values().stream()
                                .map(record -> record.get(field).toString()))
                        .as(field)
                        .doesNotHaveDuplicates()
                        .hasSize(MACHINES);
            }
        }
    }

    private Map<String, JsonNode> arrived(String name, IntFunction<Customer> customers) throws Exception {
        try (FakeGateway gateway = FakeGateway.start()) {
            gateway.assign(RESELLER, "192.0.2.0/24");
            Path file = gateway.enrol(RESELLER, Files.createDirectory(directory.resolve(name)));
            try (ResellerClient client =
                    ResellerClient.open(file, ClientSettings.usual().clock(gateway.clock()))) {
                client.register(IntStream.range(0, MACHINES)
                        .mapToObj(
                                i -> Vps.of("cluster-a", "" + i, "192.0.2." + i, customers.apply(i), FakeGateway.START))
                        .toList());
            }
            Map<String, JsonNode> records = new TreeMap<>();
            for (RegistrationRecord record : gateway.registered(RESELLER)) {
                records.put(record.vmId().orElseThrow(), Wire.tree(record));
            }
            return records;
        }
    }

    private static Map<String, Integer> sizes(Map<String, JsonNode> records) {
        Map<String, Integer> sizes = new TreeMap<>();
        records.forEach((vm, record) -> sizes.put(vm, record.toString().getBytes(StandardCharsets.UTF_8).length));
        return sizes;
    }

    private static Map<String, JsonNode> blank(Map<String, JsonNode> records) {
        Map<String, JsonNode> blank = new TreeMap<>();
        records.forEach((vm, record) -> {
            ObjectNode copy = (ObjectNode) record.deepCopy();
            RANDOM.forEach(copy::remove);
            blank.put(vm, copy);
        });
        return blank;
    }
}
