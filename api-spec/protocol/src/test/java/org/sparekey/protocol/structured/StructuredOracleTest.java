// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.structured;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.greenbytes.http.sfv.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;

/** Our structured fields against an independent implementation, over generated and over damaged input. */
class StructuredOracleTest {

    private static final long SEED = 20261123;
    private static final int FIELDS = 2_000;
    private static final int MUTATIONS = 20_000;
    private static final String ALPHABET = " \t,;=()\"\\:?01-.*aZ_%@\u0000\u00e9/+<";

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void what_we_write_is_what_we_and_the_oracle_read() throws Exception {
        for (int i = 0; i < FIELDS; i++) {
            String field = dictionary().write();

            assertThat(Dictionary.parse(field).write()).isEqualTo(field);
            assertThat(Parser.parseDictionary(field).serialize()).isEqualTo(field);
        }
    }

    /**
     * The oracle writes -12.042 as -12.42, so fractions with a zero behind the point are left out; it
     * also keeps leading blanks, which RFC 8941 section 4.2 discards.
     * We may refuse more than the oracle (dates, unpadded base64), never accept what it refuses, never read it otherwise.
     */
    @Test
    void damaged_fields_are_never_read_more_generously_than_the_oracle_reads_them() {
        int accepted = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String field = damaged(dictionary().write());
            try {
                String ours = Dictionary.parse(field).write();
                accepted++;
                if (!field.contains(".0")) {
                    assertThat(oracle(field))
                            .as("field <%s>, seed %d", field, SEED)
                            .isEqualTo(ours);
                }
            } catch (MalformedException refused) {
                assertThat(refused.reason()).isNotBlank();
            }
        }
        assertThat(accepted).isGreaterThan(MUTATIONS / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=",
                "a=1,",
                "a=1 b=2",
                "A=1",
                "a=(1",
                "a=(1 2",
                "a=(1,2)",
                "a=\"x",
                "a=\"\\x\"",
                "a=\"\u00e9\"",
                "a=:AA",
                "a=:AB==:",
                "a=:A:",
                "a=:AAA:",
                "a=?2",
                "a=-",
                "a=1.",
                "a=1.2345",
                "a=1234567890123456",
                "a=1234567890123.1",
                "a;B",
                "a;=1",
                "=1",
                "a=1;b=(1)",
                "a=@1659578233",
                "a=%\"x\"",
                "a=\u0000",
                ",",
                "a=1,,b=2"
            })
    void what_is_not_a_dictionary_is_refused(String field) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Dictionary.parse(field)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void a_field_longer_than_any_header_is_refused_before_it_is_read() {
        String field = "a=\"" + "x".repeat(StructuredParser.MAX_FIELD_CHARS) + "\"";

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Dictionary.parse(field)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void a_key_that_comes_twice_counts_as_its_last_value() throws Exception {
        assertThat(Dictionary.parse("a=1, b=2, a=3").write()).isEqualTo("a=3, b=2");
    }

    @Test
    void lists_and_items_agree_with_the_oracle() throws Exception {
        for (String field : List.of("a, b;q=0.5, (1 2);x, ?0", "\"x\"", "")) {
            assertThat(FieldList.parse(field).write())
                    .isEqualTo(Parser.parseList(field).serialize());
        }
        assertThat(FieldItem.parse("  \"a b\"; x ").write()).isEqualTo("\"a b\";x");
        assertThat(new BareItem.Fraction(new BigDecimal("1.0005")).write()).isEqualTo("1.0");
        assertThat(new BareItem.Fraction(new BigDecimal("-12.042")).write()).isEqualTo("-12.042");
        assertThat(new BareItem.Fraction(new BigDecimal("-0.5")).write()).isEqualTo("-0.5");
    }

    private static String oracle(String field) {
        try {
            return Parser.parseDictionary(field.replaceFirst("^ +", "")).serialize();
        } catch (IllegalArgumentException e) {
            return "refused by the oracle: " + e.getMessage();
        }
    }

    private String damaged(String field) {
        StringBuilder text = new StringBuilder(field);
        for (int i = random.nextInt(1, 4); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                default -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
        }
        return text.toString();
    }

    private Dictionary dictionary() {
        Map<String, Member> members = new LinkedHashMap<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            members.put(key(), random.nextInt(3) == 0 ? innerList() : item());
        }
        return new Dictionary(members);
    }

    private InnerList innerList() {
        List<Item> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(item());
        }
        return new InnerList(items, parameters());
    }

    private Item item() {
        return new Item(bareItem(), parameters());
    }

    private Parameters parameters() {
        Parameters parameters = Parameters.NONE;
        for (int i = random.nextInt(3); i > 0; i--) {
            parameters = parameters.with(key(), bareItem());
        }
        return parameters;
    }

    private BareItem bareItem() {
        return switch (random.nextInt(6)) {
            case 0 -> new BareItem.Whole(random.nextLong(-BareItem.Whole.MAX, BareItem.Whole.MAX + 1));
            case 1 -> new BareItem.Fraction(BigDecimal.valueOf(random.nextLong(-99, 100) * 1_000 + 125, 3));
            case 2 -> new BareItem.Text("a\"\\ ~!".substring(random.nextInt(6)));
            case 3 -> new BareItem.Token("*a/b:c".substring(0, random.nextInt(1, 7)));
            case 4 -> new BareItem.Binary(Bytes.of(bytes()));
            default -> new BareItem.Flag(random.nextBoolean());
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(5)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String key() {
        return "*ab_-.9z".substring(0, random.nextInt(1, 9));
    }
}
