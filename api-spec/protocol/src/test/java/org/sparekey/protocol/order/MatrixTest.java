// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the matrix, written a second time as the lawyer's table says it, and asked for every kind and category. */
class MatrixTest {

    private static final Matrix MATRIX = Matrix.packaged();
    private static final Validation JUDGE = new Validation.Proven("rechtbank-voorbeeld", "r-1", "JUDGE");
    private static final ValidatorReference NAMED =
            new ValidatorReference("rechtbank-voorbeeld", "JUDGE", "RC-2026-17", SampleOrder.NOW.minusSeconds(3600));

    private static final long SEED = 5_2026_11_23L;
    private static final int ORDERS = 50_000;

    /** basis kind role judge: categories that are allowed, and no others. */
    private static final Map<String, Set<Category>> ALLOWED = Map.ofEntries(
            Map.entry("NL-VOL VOLUNTARY_REQUEST INVESTIGATOR -", EnumSet.of(Category.EXISTENCE)),
            Map.entry("NL-VOL VOLUNTARY_REQUEST PROSECUTOR -", EnumSet.of(Category.EXISTENCE)),
            Map.entry("NL-VOL VOLUNTARY_REQUEST JUDGE -", EnumSet.of(Category.EXISTENCE)),
            Map.entry("NL-126na PRODUCTION_IDENTITY INVESTIGATOR -", EnumSet.of(Category.SUBSCRIBER)),
            Map.entry("NL-126na EXISTENCE_CHECK INVESTIGATOR -", EnumSet.of(Category.EXISTENCE)),
            Map.entry("NL-126nc PRODUCTION_IDENTITY INVESTIGATOR -", EnumSet.of(Category.SUBSCRIBER)),
            Map.entry("NL-126nc EXISTENCE_CHECK INVESTIGATOR -", EnumSet.of(Category.EXISTENCE)),
            Map.entry("NL-126n PRODUCTION_TRAFFIC PROSECUTOR judge", EnumSet.of(Category.TRAFFIC)),
            Map.entry("NL-126n ORAL_CONFIRMATION PROSECUTOR judge", EnumSet.of(Category.TRAFFIC)),
            Map.entry("NL-126ng2 SNAPSHOT_COPY PROSECUTOR judge", EnumSet.of(Category.CONTENT)),
            Map.entry(
                    "NL-126ni PRESERVATION PROSECUTOR -",
                    EnumSet.of(Category.SUBSCRIBER, Category.TRAFFIC, Category.CONTENT)),
            Map.entry(
                    "NL-126ni EXTENSION PROSECUTOR -",
                    EnumSet.of(Category.SUBSCRIBER, Category.TRAFFIC, Category.CONTENT)),
            Map.entry(
                    "NL-126ni ORAL_CONFIRMATION PROSECUTOR -",
                    EnumSet.of(Category.SUBSCRIBER, Category.TRAFFIC, Category.CONTENT)),
            Map.entry("NL-125p TAKE_DOWN PROSECUTOR judge", EnumSet.of(Category.CONTENT)),
            Map.entry("NL-125p TAKE_DOWN JUDGE judge", EnumSet.of(Category.CONTENT)),
            Map.entry("NL-125p RESTORE PROSECUTOR -", EnumSet.of(Category.CONTENT)),
            Map.entry("NL-125p RESTORE JUDGE -", EnumSet.of(Category.CONTENT)));

    /** Bases on which nothing is done here, and why. */
    private static final Map<String, Refusal> REFUSED = Map.ofEntries(
            Map.entry("NL-126nd", Refusal.HANDLED_BY_HAND),
            Map.entry("NL-126ne", Refusal.HANDLED_BY_HAND),
            Map.entry("NL-126nh", Refusal.HANDLED_BY_HAND),
            Map.entry("NL-125i", Refusal.ON_SITE_ONLY),
            Map.entry("NL-125k", Refusal.ON_SITE_ONLY),
            Map.entry("NL-125la", Refusal.ON_SITE_ONLY),
            Map.entry("NL-ORAL", Refusal.ORAL_IS_A_FORM),
            Map.entry("EU-EPOC-SU", Refusal.HANDLED_BY_HAND),
            Map.entry("EU-EPOC-TC", Refusal.HANDLED_BY_HAND),
            Map.entry("EU-EPOC-PR", Refusal.HANDLED_BY_HAND),
            Map.entry("EU-DSA-9", Refusal.HANDLED_BY_HAND),
            Map.entry("EU-DSA-10", Refusal.HANDLED_BY_HAND),
            Map.entry("EU-TCO-3", Refusal.HANDLED_BY_HAND),
            Map.entry("MLA-EIO", Refusal.HANDLED_BY_HAND),
            Map.entry("CIVIL", Refusal.HANDLED_BY_HAND),
            Map.entry("NL-126nda", Refusal.CAMERA_IMAGES_ONLY),
            Map.entry("NL-54a", Refusal.REPLACED_BY_125P),
            Map.entry("FOREIGN-DIRECT", Refusal.FOREIGN_WITHOUT_INSTRUMENT));

    /** Withdrawals and clarifications rest on no row: OrderCheckTest has them. */
    private static final List<OrderKind> ON_A_ROW = Arrays.stream(OrderKind.values())
            .filter(kind -> !kind.restsOnNothing())
            .toList();

    static Stream<Arguments> cells() {
        return MATRIX.rows().stream()
                .flatMap(row -> ON_A_ROW.stream()
                        .flatMap(kind -> Arrays.stream(Category.values())
                                .map(category -> Arguments.of(row.id(), kind, category))));
    }

    @Test
    void every_row_of_the_table_is_in_the_file_and_no_other() {
        Set<String> rows = new TreeSet<>(REFUSED.keySet());
        ALLOWED.keySet().forEach(line -> rows.add(line.split(" ", -1)[0]));

        assertThat(MATRIX.rows()).extracting(MatrixRow::id).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(MATRIX.version()).isEqualTo(Matrix.newest());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void each_row_allows_each_role_what_the_table_says_and_nothing_else(String id, OrderKind kind, Category category) {
        for (String role : List.of("INVESTIGATOR", "PROSECUTOR", "JUDGE", "OFFICER", "RESELLER", "")) {
            SampleOrder order = order(id, kind, role, category);
            Verdict without = verdict(order, new Validation.Absent());
            Verdict with = verdict(order.validator(Optional.of(NAMED)), JUDGE);

            assertThat(without instanceof Verdict.Allow)
                    .as(id + " " + kind + " " + role + " " + category + " without a judge: " + without)
                    .isEqualTo(allowed(id, kind, role, "-", category));
            assertThat(with instanceof Verdict.Allow)
                    .as(id + " " + kind + " " + role + " " + category + " with a judge: " + with)
                    .isEqualTo(allowed(id, kind, role, "-", category) || allowed(id, kind, role, "judge", category));
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void what_has_no_basis_here_is_refused_for_its_own_reason(String id, OrderKind kind, Category category) {
        if (!REFUSED.containsKey(id) || kind == OrderKind.WITHDRAWAL || kind == OrderKind.CLARIFICATION) {
            return;
        }
        SampleOrder order = order(id, kind, "PROSECUTOR", category).validator(Optional.of(NAMED));

        assertThat(verdict(order, JUDGE)).isEqualTo(new Verdict.Deny(REFUSED.get(id)));
    }

    @Test
    void a_judge_who_is_needed_and_only_named_is_a_need_and_who_is_not_needed_but_named_is_proven_too() {
        SampleOrder traffic = order("NL-126n", OrderKind.PRODUCTION_TRAFFIC, "PROSECUTOR", Category.TRAFFIC);

        assertThat(verdict(traffic, JUDGE)).isEqualTo(new Verdict.Deny(Refusal.VALIDATOR_NOT_NAMED));
        assertThat(verdict(traffic.validator(Optional.of(NAMED)), new Validation.Unproven()))
                .isEqualTo(new Verdict.Needs("validator"));
        assertThat(verdict(traffic.validator(Optional.of(NAMED)), new Validation.Absent()))
                .isEqualTo(new Verdict.Deny(Refusal.VALIDATOR_ABSENT));
    }

    @Test
    void no_row_makes_one_kind_of_order_reach_what_is_anothers() {
        MatrixRow identity = MATRIX.row("NL-126na").orElseThrow();
        assertThat(identity.categories()).contains(Category.EXISTENCE);
        assertThat(verdict(order("NL-126na", OrderKind.PRODUCTION_IDENTITY, "INVESTIGATOR", Category.EXISTENCE), JUDGE))
                .isEqualTo(new Verdict.Deny(Refusal.CATEGORY_NOT_OF_KIND));
        assertThat(verdict(order("NL-126na", OrderKind.EXISTENCE_CHECK, "INVESTIGATOR", Category.SUBSCRIBER), JUDGE))
                .isEqualTo(new Verdict.Deny(Refusal.CATEGORY_NOT_OF_KIND));
        assertThat(identity.discloses(OrderKind.EXISTENCE_CHECK)).isEqualTo(MatrixRow.Disclosure.EXISTENCE);
        assertThat(identity.discloses(OrderKind.PRODUCTION_IDENTITY)).isEqualTo(MatrixRow.Disclosure.PARTY_OF_RECORD);
        assertThat(identity.discloses(OrderKind.SNAPSHOT_COPY)).isEqualTo(MatrixRow.Disclosure.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NL-126na", "NL-126nc", "NL-126ng2", "NL-125p"})
    void an_oral_order_on_a_basis_that_has_no_oral_form_is_refused(String id) {
        MatrixRow row = MATRIX.row(id).orElseThrow();
        SampleOrder order = order(
                        id,
                        row.kinds().get(0),
                        row.issuerRoles().get(0),
                        row.categories().get(0))
                .urgency(Urgency.ORAL)
                .validator(Optional.of(NAMED));

        assertThat(verdict(order, JUDGE)).isEqualTo(new Verdict.Deny(Refusal.ORAL_NOT_ALLOWED));
    }

    @Test
    void an_oral_freezing_is_allowed_and_its_written_form_follows_within_three_days() {
        SampleOrder oral = order("NL-126ni", OrderKind.PRESERVATION, "PROSECUTOR", Category.CONTENT)
                .urgency(Urgency.ORAL);

        assertThat(verdict(oral, new Validation.Absent())).isEqualTo(new Verdict.Allow());
        assertThat(MATRIX.row("NL-126ni").orElseThrow().confirmDays()).contains(3);
    }

    @Test
    void a_judge_is_needed_always_or_where_he_is_named_or_where_it_is_urgent_and_never_to_restore() {
        SampleOrder plain = order("NL-126nd", OrderKind.PRODUCTION_IDENTITY, "PROSECUTOR", Category.SUBSCRIBER);
        SampleOrder named = plain.validator(Optional.of(NAMED));
        MatrixRow whereNamed = MATRIX.row("NL-126nd").orElseThrow();
        MatrixRow whereUrgent = MATRIX.row("NL-126ne").orElseThrow();
        MatrixRow always = MATRIX.row("NL-125p").orElseThrow();

        assertThat(whereNamed.needsValidator(plain.document())).isFalse();
        assertThat(whereNamed.needsValidator(plain.urgency(Urgency.EMERGENCY).document()))
                .isFalse();
        assertThat(whereNamed.needsValidator(named.document())).isTrue();
        assertThat(whereUrgent.needsValidator(plain.document())).isFalse();
        assertThat(whereUrgent.needsValidator(plain.urgency(Urgency.EMERGENCY).document()))
                .isTrue();
        assertThat(whereUrgent.needsValidator(named.document())).isTrue();
        assertThat(always.needsValidator(plain.document())).isTrue();
        assertThat(always.needsValidator(plain.kind(OrderKind.RESTORE).document()))
                .isFalse();
        assertThat(MATRIX.row("NL-126ni").orElseThrow().needsValidator(named.document()))
                .isFalse();
    }

    @Test
    void no_row_lets_content_out_with_a_judge_only_sometimes() {
        String text = new String(Matrix.packagedBytes(), StandardCharsets.UTF_8);
        String spoiled = text.replace(
                "\"discloses\": \"SEALED_IMAGE\",", "\"discloses\": \"SEALED_IMAGE\", \"validatorWhen\": \"NAMED\",");

        assertThatThrownBy(() -> Matrix.parse(spoiled.getBytes(StandardCharsets.UTF_8)))
                .hasMessage("content needs its judge always");
    }

    @ParameterizedTest
    @EnumSource(OrderKind.class)
    void only_these_kinds_are_about_an_earlier_order(OrderKind kind) {
        Set<OrderKind> about = EnumSet.of(
                OrderKind.RESTORE,
                OrderKind.EXTENSION,
                OrderKind.WITHDRAWAL,
                OrderKind.ORAL_CONFIRMATION,
                OrderKind.CLARIFICATION);

        assertThat(kind.follows()).isEqualTo(about.contains(kind));
        assertThat(kind.restsOnNothing()).isEqualTo(kind == OrderKind.WITHDRAWAL || kind == OrderKind.CLARIFICATION);
    }

    /** Random orders, most of them spoiled somewhere, against the table above. */
    @Test
    void nothing_outside_the_rows_is_ever_allowed() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> bases =
                new ArrayList<>(MATRIX.rows().stream().map(MatrixRow::id).toList());
        bases.addAll(List.of("", "NL-126ng1", "nl-126na", "NL-126NA", "EU-EPOC", "NL-126na "));
        int allowed = 0;
        for (int i = 0; i < ORDERS; i++) {
            String basis = one(random, bases);
            OrderKind kind = one(random, ON_A_ROW);
            String role = one(random, List.of("INVESTIGATOR", "PROSECUTOR", "JUDGE", "OFFICER"));
            List<Category> categories = some(random);
            boolean named = random.nextInt(3) > 0;
            Validation validation =
                    one(random, List.of(JUDGE, JUDGE, new Validation.Absent(), new Validation.Unproven()));
            SampleOrder order = order(basis, kind, role, categories.toArray(new Category[0]))
                    .validator(named ? Optional.of(NAMED) : Optional.empty())
                    .urgency(one(random, List.of(Urgency.values())));

            Verdict verdict = verdict(order, validation);
            boolean lawful = categories.stream()
                    .allMatch(category -> allowed(basis, kind, role, "-", category)
                            || (named && validation == JUDGE && allowed(basis, kind, role, "judge", category)));
            if (verdict instanceof Verdict.Allow) {
                allowed++;
                assertThat(lawful)
                        .as("seed " + SEED + " order " + i + ": " + order)
                        .isTrue();
            }
        }
        assertThat(allowed).as("a property of nothing is none").isGreaterThan(50);
    }

    private static boolean allowed(String id, OrderKind kind, String role, String judge, Category category) {
        return ALLOWED.getOrDefault(String.join(" ", id, kind.name(), role, judge), Set.of())
                .contains(category);
    }

    private static SampleOrder order(String basis, OrderKind kind, String role, Category... categories) {
        Target target =
                SampleOrder.target(TargetFormat.UUID, "11111111-2222-4333-8444-555555555555@rack-1", SampleOrder.SEEN);
        return SampleOrder.identity()
                .on(basis)
                .kind(kind)
                .role(role)
                .target(target)
                .categories(categories);
    }

    private static Verdict verdict(SampleOrder order, Validation validation) {
        OrderCheck.Facts facts = new OrderCheck.Facts(
                Optional.of(SampleOrder.HERE), validation, SampleOrder.NOW.minusSeconds(60), SampleOrder.NOW);
        return OrderCheck.judge(order.document(), MATRIX, facts).overall();
    }

    private static <T> T one(SplittableRandom random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static List<Category> some(SplittableRandom random) {
        List<Category> some = new ArrayList<>();
        for (Category category : Category.values()) {
            if (random.nextInt(3) == 0) {
                some.add(category);
            }
        }
        return some.isEmpty() ? List.of(one(random, List.of(Category.values()))) : some;
    }
}
