// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.FieldCommitment;
import org.sparekey.protocol.registration.FieldCommitment.Field;
import org.sparekey.protocol.registration.Pseudonym;
import org.sparekey.protocol.registration.RegistrationLine;
import org.sparekey.protocol.registration.RegistrationRecord;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two fleets with the same machines, one of one customer and one of a thousand: whatever the hoster holds about them, he
 * cannot tell which is which. Of what looks random only two things can be told: where it is repeated, and how long it is.
 */
class CustomersStayUncountedTest {

    private static final int MACHINES = 1_000;
    private static final Duration ROUND = Duration.ofDays(14);
    private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9_-]{20,}");
    private static final Pattern BYTES = Pattern.compile("\\\\\\\\x((?:[0-9a-f]{2})+)");
    private static final byte[] SECRET = new byte[32];

    @TempDir
    static Path directory;

    private static RegistryFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new RegistryFixture(directory);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void a_fleet_of_one_customer_reads_like_one_of_a_thousand() {
        List<List<String>> one = whole(fleet(1, number -> "the-only-customer"));
        List<List<String>> thousand = whole(fleet(2, number -> "customer-number-" + number));
        alike(one, thousand);
        assertThat(one.toString()).doesNotContain("the-only-customer");
        assertThat(thousand.toString()).doesNotContain("customer-number-");
    }

    /** The second round in the same month, the third in another: a pseudonym comes again, and comes anew. */
    @Test
    void a_fleet_of_one_customer_reads_like_one_of_a_thousand_over_several_batches() {
        List<List<String>> one = whole(rounds(5, number -> "the-only-customer"));
        List<List<String>> thousand = whole(rounds(6, number -> "customer-number-" + number));
        alike(one, thousand);
    }

    @Test
    void the_comparison_over_several_batches_sees_a_pseudonym_that_links_two_machines() {
        IntFunction<String> customers = number -> "customer-" + number % 2;
        List<RegistrationLine[]> leaking = rounds(7, customers);
        RegistrationLine[] last = leaking.get(2);
        for (int i = 0; i < last.length; i++) {
            last[i] = with(
                    (RegistrationRecord) last[i],
                    "pseudonym",
                    Digest.sha256(customers.apply(i).getBytes(UTF_8)).base64url());
        }
        assertThat(shape(whole(leaking)).equals(shape(whole(rounds(8, customers)))))
                .isFalse();
    }

    @Test
    void the_comparison_sees_a_pseudonym_that_stands_for_the_customer_everywhere() {
        IntFunction<String> customers = number -> "customer-" + number % 2;
        RegistrationLine[] leaking = fleet(3, customers);
        for (int i = 0; i < leaking.length; i++) {
            leaking[i] = with(
                    (RegistrationRecord) leaking[i],
                    "pseudonym",
                    Digest.sha256(customers.apply(i).getBytes(UTF_8)).base64url());
        }
        assertThat(shape(whole(leaking)).equals(shape(whole(fleet(4, customers)))))
                .isFalse();
    }

    /** The first line that differs says why: a thousand equal ones would hide it. */
    private static void alike(List<List<String>> one, List<List<String>> other) {
        List<String> first = shape(one).stream().flatMap(List::stream).toList();
        List<String> second = shape(other).stream().flatMap(List::stream).toList();
        assertThat(second).hasSameSizeAs(first);
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i)).isEqualTo(first.get(i));
        }
    }

    private static List<List<String>> whole(RegistrationLine[] fleet) {
        return whole(List.<RegistrationLine[]>of(fleet));
    }

    /** All that the hoster has of the reseller's batches: every row of every table, the log's entries, and the view. */
    private static List<List<String>> whole(List<RegistrationLine[]> batches) {
        fixture.begin();
        List<List<String>> whole = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            fixture.at(LONG_AGO.plus(ROUND.multipliedBy(i)).plus(Duration.ofHours(1)));
            BatchReceipt receipt = fixture.register(fixture.reseller(), i + 1, batches.get(i));
            assertThat(receipt.verdicts()).allMatch(verdict -> verdict.accepted());
            whole.add(List.of(utf8(receipt.entry().orElseThrow().array())));
        }
        for (String table : tables()) {
            List<String> rows = fixture.rooms()
                    .jdbc()
                    .sql("SELECT row_to_json(row)::text FROM " + table + " AS row ORDER BY row.ctid")
                    .query(String.class)
                    .list();
            whole.add(rows.stream().map(CustomersStayUncountedTest::readable).toList());
        }
        whole.add(List.of(utf8(Wire.write(fixture.registry().view(RegistryFixture.caller(fixture.reseller()))))));
        return whole;
    }

    private static List<String> tables() {
        return fixture.rooms()
                .jdbc()
                .sql("SELECT tablename FROM pg_tables WHERE tablename LIKE 'registry\\_%' ORDER BY tablename")
                .query(String.class)
                .list();
    }

    /** The signed lines stand in the rows as bytes: read them as the text they are. A hash may begin with a brace too. */
    private static String readable(String row) {
        return BYTES.matcher(row).replaceAll(match -> {
            byte[] bytes = HexFormat.of().parseHex(match.group(1));
            boolean json = bytes.length > 0 && (bytes[0] == '{' || bytes[0] == '[');
            return Matcher.quoteReplacement(json ? text(bytes).orElse(match.group(1)) : match.group(1));
        });
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** Each random text replaced by when it was first seen, and its length; rows that random texts sort, sorted anew. */
    private static List<List<String>> shape(List<List<String>> whole) {
        Map<String, Integer> seen = new HashMap<>();
        return whole.stream()
                .map(rows -> rows.stream().map(row -> shape(row, seen)).sorted().toList())
                .toList();
    }

    private static String shape(String text, Map<String, Integer> seen) {
        return RANDOM.matcher(text).replaceAll(match -> {
            int first = seen.computeIfAbsent(match.group(), one -> seen.size());
            return "<" + first + ":" + match.group().length() + ">";
        });
    }

    /** All machines, then each tenth once more after each round, with a new salt and what follows from the month. */
    private static List<RegistrationLine[]> rounds(long seed, IntFunction<String> customer) {
        SplittableRandom random = new SplittableRandom(seed);
        RegistrationRecord[] first = IntStream.range(0, MACHINES)
                .mapToObj(number -> machine(number, customer.apply(number), random))
                .toArray(RegistrationRecord[]::new);
        List<RegistrationLine[]> rounds = new ArrayList<>(List.<RegistrationLine[]>of(first));
        for (int round = 1; round <= 2; round++) {
            Instant since = LONG_AGO.plus(ROUND.multipliedBy(round));
            rounds.add(IntStream.range(0, MACHINES / 10)
                    .mapToObj(i -> again(first[i * 10], customer.apply(i * 10), since, random))
                    .toArray(RegistrationLine[]::new));
        }
        return rounds;
    }

    private static RegistrationRecord again(
            RegistrationRecord machine, String customer, Instant since, SplittableRandom random) {
        ObjectNode tree = (ObjectNode) Wire.tree((Object) machine);
        tree.put("salt", random(random, 32).base64url())
                .put("validFrom", Wire.text(since))
                .put(
                        "pseudonym",
                        Pseudonym.of(SECRET, "hoster", customer, since, machine.vpsRef())
                                .base64url());
        Map<Field, String> known = Map.of(Field.CUSTOMER_ID, customer, Field.DISPLAY_NAME, "Name of " + customer);
        tree.set("commitments", Wire.tree((Object) FieldCommitment.all(known, salts(random))));
        return read(tree);
    }

    private static Map<Field, Bytes> salts(SplittableRandom random) {
        Map<Field, Bytes> salts = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            salts.put(field, random(random, FieldCommitment.SALT_BYTES));
        }
        return salts;
    }

    private static RegistrationLine[] fleet(long seed, IntFunction<String> customer) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, MACHINES)
                .mapToObj(number -> machine(number, customer.apply(number), random))
                .toArray(RegistrationLine[]::new);
    }

    private static RegistrationRecord machine(int number, String customer, SplittableRandom random) {
        Map<Field, Bytes> salts = salts(random);
        String vpsRef = random(random, 16).base64url();
        Map<Field, String> known = Map.of(Field.CUSTOMER_ID, customer, Field.DISPLAY_NAME, "Name of " + customer);
        RegistrationRecord record = Assets.fourColumns(Assets.record(number, 0, LONG_AGO));
        ObjectNode tree = (ObjectNode) Wire.tree((Object) record);
        tree.put("vpsRef", vpsRef)
                .put("tenancyRef", random(random, 16).base64url())
                .put("salt", random(random, 32).base64url())
                .put("assuranceLevel", "L1")
                .put(
                        "pseudonym",
                        Pseudonym.of(SECRET, "hoster", customer, LONG_AGO, vpsRef)
                                .base64url());
        tree.set("commitments", Wire.tree((Object) FieldCommitment.all(known, salts)));
        return read(tree);
    }

    private static RegistrationRecord with(RegistrationRecord record, String member, String value) {
        ObjectNode tree = (ObjectNode) Wire.tree((Object) record);
        return read(tree.put(member, value));
    }

    private static RegistrationRecord read(ObjectNode tree) {
        try {
            return Wire.read(tree, RegistrationRecord.class);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static Bytes random(SplittableRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
