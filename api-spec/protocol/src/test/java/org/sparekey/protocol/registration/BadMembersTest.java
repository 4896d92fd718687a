// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.TestKeys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every member of every kind of line, made wrong in every way: the verdict points at it. */
class BadMembersTest {

    /** JSON texts that are the right value of hardly any member. */
    private static final List<String> WRONG = List.of(
            "null",
            "true",
            "-1",
            "1.5",
            "99999999999999999999",
            "\"\"",
            "\"\\u0000\"",
            "\"'; DROP TABLE registry_vps; --\"",
            "\"" + "x".repeat(2_000) + "\"",
            "[]",
            "[[]]",
            "[null]",
            "[7]",
            "{}",
            "{\"x\":1}");

    static Stream<RegistrationLine> lines() {
        RegistrationRecord vps = Registrations.vps(1);
        return Stream.of(vps, Registrations.move(), Registrations.handOver(TestKeys.p256(), vps, vps.validFrom()));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void a_wrong_value_is_refused_with_a_pointer_to_its_member(RegistrationLine line) {
        JsonNode tree = Wire.tree((Object) line);
        int refused = 0;
        for (Map.Entry<String, String> member : members(tree, "").entrySet()) {
            for (String wrong : WRONG) {
                String text = text(tree, member.getKey(), wrong);
                LineReading reading = RecordCheck.read(text.getBytes(StandardCharsets.UTF_8));
                if (reading instanceof LineReading.Bad bad) {
                    refused++;
                    assertThat(bad.pointer())
                            .as("%s = %s: %s", member.getKey(), wrong, bad)
                            .satisfies(pointer -> assertThat(pointsAt(pointer, member.getKey()))
                                    .isTrue());
                }
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void an_absent_member_is_pointed_at_or_may_be_absent(RegistrationLine line) {
        JsonNode tree = Wire.tree((Object) line);
        for (String member : members(tree, "").keySet()) {
            JsonNode copy = tree.deepCopy();
            int last = member.lastIndexOf('/');
            JsonNode parent = copy.at(member.substring(0, last));
            if (parent instanceof ObjectNode object) {
                object.remove(member.substring(last + 1));
                LineReading reading = RecordCheck.read(Wire.write(copy));
                boolean told = reading.match(good -> true, bad -> pointsAt(bad.pointer(), member));
                assertThat(told).as("%s: %s", member, reading).isTrue();
            }
        }
    }

    @Test
    void the_name_of_an_unknown_member_is_escaped_in_its_pointer() {
        String line = new String(Wire.write(Registrations.vps(1)), StandardCharsets.UTF_8);
        String odd = line.replace("\"v\":1,", "\"v\":1,\"x/~y\":2,");
        assertThat(RecordCheck.read(odd.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new LineReading.Bad(LineRefusal.MALFORMED, "/x~1~0y"));
    }

    @Test
    void random_bytes_and_altered_lines_never_end_in_an_exception() {
        SplittableRandom random = new SplittableRandom(7);
        List<byte[]> good = lines().map(Wire::write).toList();
        for (int i = 0; i < 20_000; i++) {
            byte[] line = good.get(i % good.size()).clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                line[random.nextInt(line.length)] = (byte) random.nextInt(256);
            }
            assertThat(RecordCheck.read(line)).isNotNull();
        }
    }

    /** At the member, inside it, or at what it belongs to together with another. */
    private static boolean pointsAt(String pointer, String member) {
        String kin = member.matches(".*/addresses/\\d+/.*") ? member.substring(0, member.lastIndexOf('/')) : member;
        return (pointer + "/").startsWith(kin + "/")
                || (member + "/").startsWith(pointer + "/") && !pointer.isEmpty()
                || TOGETHER.stream()
                        .anyMatch(set -> set.stream().anyMatch(member::endsWith)
                                && set.stream().anyMatch(pointer::endsWith))
                || member.startsWith("/address/") && pointer.endsWith("/addresses");
    }

    /** Members of which one may be wrong only beside the other. */
    private static final List<List<String>> TOGETHER = List.of(
            List.of("/assuranceLevel", "/pseudonym", "/commitments"),
            List.of("/vmId", "/uuid", "/assetKind", "/tenancy", "/node"),
            List.of("/event", "/addresses", "/validFrom", "/vpsRef", "/address", "/release", "/at"));

    /** Every member of the tree by its pointer, with its JSON text. */
    private static Map<String, String> members(JsonNode node, String pointer) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            String at = pointer + "/" + property.getKey();
            all.put(at, property.getValue().toString());
            all.putAll(members(property.getValue(), at));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            all.putAll(members(node.get(i), pointer + "/" + i));
        }
        return all;
    }

    /** The tree in canonical order, with the JSON text in place of the member. */
    private static String text(JsonNode node, String target, String wrong) {
        if (target.isEmpty()) {
            return wrong;
        }
        String rest = target.substring(1);
        String step = rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
        String below = rest.substring(step.length());
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                items.add(Integer.toString(i).equals(step) ? text(node.get(i), below, wrong) : canonical(node.get(i)));
            }
            return "[" + String.join(",", items) + "]";
        }
        return node.properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> "\"" + one.getKey() + "\":"
                        + (one.getKey().equals(step) ? text(one.getValue(), below, wrong) : canonical(one.getValue())))
                .reduce((a, b) -> a + "," + b)
                .map(all -> "{" + all + "}")
                .orElse("{}");
    }

    private static String canonical(JsonNode node) {
        return new String(Wire.write(node), StandardCharsets.UTF_8);
    }
}
