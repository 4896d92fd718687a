// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sparekey.protocol.json.Digest;

/**
 * What the law says about an order: pure, and the same code in the gateway, the node, the verifier and
 * {@code sparekey order check}. Default deny. Whether the documents are authentic is judged elsewhere.
 */
public final class OrderCheck {

    /** How far a signer's clock may run ahead of ours. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** An order older than this is issued anew: its facts have moved on. */
    public static final Duration MAX_AGE = Duration.ofDays(30);

    /**
     * No order waits for longer: what the law freezes for the longest, with its one extension (126ni Sv, 90 days and 90
     * days). A later deadline would keep somebody's data from him for as long as its writer likes.
     */
    public static final Duration LONGEST = Duration.ofDays(180);

    /**
     * Nobody is kept from being told for longer than this after the order: what ends later would be watched by nobody who is in
     * office today. A prosecutor who needs more says so again.
     */
    public static final Duration LONGEST_SECRECY = Duration.ofDays(5 * 365);

    private static final String VALIDATOR = "validator";

    private OrderCheck() {}

    /**
     * @param here absent in an offline check that does not know the gateway
     * @param signedAt what the order's header claims
     * @param at when the order was received
     */
    public record Facts(Optional<GatewayIdentity> here, Validation validation, Instant signedAt, Instant at) {}

    public static Judgement judge(OrderDocument order, Matrix matrix, Facts facts) {
        Optional<MatrixRow> row = matrix.row(order.legalBasis().id());
        boolean free = order.kind().restsOnNothing();
        Optional<Refusal> whole = firstOf(
                () -> unreceivable(order, facts),
                () -> free ? Optional.empty() : founded(order, matrix, row, facts.at()));
        Map<Category, Verdict> verdicts = new EnumMap<>(Category.class);
        for (Category category : order.scope().categories()) {
            verdicts.put(
                    category,
                    whole.<Verdict>map(Verdict.Deny::new)
                            .orElseGet(() ->
                                    free ? new Verdict.Allow() : verdict(order, row.orElseThrow(), category, facts)));
        }
        return new Judgement(row, matrix.version(), verdicts);
    }

    /**
     * What is asked of every order, also of one that rests on no row of the matrix (a withdrawal): addressed to this
     * gateway, signed at a sane time, its deadline neither past nor beyond all terms of the law.
     */
    private static Optional<Refusal> unreceivable(OrderDocument order, Facts facts) {
        return firstOf(() -> addressed(order, facts), () -> timely(order, facts));
    }

    /**
     * Whether a validator's document is for this order and says what the order says about it. That it is authentic is
     * judged by the document check.
     *
     * @param orderDigest digest of the order's compact JWS
     */
    public static Optional<Refusal> validates(
            ValidatorDocument validation, OrderDocument order, Digest orderDigest, Instant at) {
        if (!validation.orderDigest().equals(orderDigest)) {
            return Optional.of(Refusal.VALIDATOR_OTHER_ORDER);
        }
        boolean asNamed = order.validator()
                .filter(named -> named.reference().equals(validation.reference())
                        && named.role().equals(validation.role()))
                .isPresent();
        boolean past = !validation.at().isAfter(at.plus(CLOCK_SKEW));
        return asNamed && past ? Optional.empty() : Optional.of(Refusal.VALIDATOR_DIFFERS);
    }

    private static Optional<Refusal> addressed(OrderDocument order, Facts facts) {
        if (facts.here().isEmpty()) {
            return Optional.empty();
        }
        GatewayIdentity here = facts.here().get();
        if (!order.addressee().gatewayOrigin().equals(here.gatewayOrigin())) {
            return Optional.of(Refusal.WRONG_GATEWAY);
        }
        return when(!order.addressee().legalEntity().equals(here.legalEntity()), Refusal.WRONG_ADDRESSEE);
    }

    private static Optional<Refusal> timely(OrderDocument order, Facts facts) {
        Instant latest = facts.at().plus(CLOCK_SKEW);
        return firstOf(
                () -> when(facts.signedAt().isAfter(latest), Refusal.SIGNED_IN_FUTURE),
                () -> when(facts.signedAt().isBefore(facts.at().minus(MAX_AGE)), Refusal.SIGNED_TOO_LONG_AGO),
                () -> when(!facts.at().isBefore(order.deadline()), Refusal.DEADLINE_PASSED),
                () -> when(order.deadline().isAfter(latest.plus(LONGEST)), Refusal.DEADLINE_TOO_FAR),
                () -> when(tooSecret(order, latest), Refusal.SECRECY_TOO_LONG),
                () -> when(order.target().observedAt().to().isAfter(latest), Refusal.OBSERVED_IN_FUTURE));
    }

    private static boolean tooSecret(OrderDocument order, Instant latest) {
        return order.secrecy()
                .until()
                .filter(until -> until.isAfter(latest.plus(LONGEST_SECRECY)))
                .isPresent();
    }

    private static Optional<Refusal> founded(OrderDocument order, Matrix matrix, Optional<MatrixRow> row, Instant at) {
        if (matrix.rows().stream().noneMatch(any -> offers(any, order.kind()))) {
            return Optional.of(Refusal.KIND_NOT_OFFERED);
        }
        if (row.isEmpty()) {
            return Optional.of(Refusal.BASIS_UNKNOWN);
        }
        MatrixRow basis = row.get();
        return firstOf(
                () -> when(!order.legalBasis().version().equals(matrix.version()), Refusal.MATRIX_VERSION),
                () -> when(!basis.inForce(at), Refusal.BASIS_NOT_IN_FORCE),
                basis::refusedAs,
                () -> when(!offers(basis, order.kind()), Refusal.KIND_NOT_OF_BASIS),
                () -> when(!basis.issuerRoles().contains(order.issuer().role()), Refusal.ISSUER_ROLE),
                () -> when(!basis.targetFormats().contains(order.target().format()), basis.otherTarget()),
                () -> when(order.scope().captureMemory() && !basis.memory(), Refusal.MEMORY_BEYOND_BASIS),
                () -> when(!measured(order), Refusal.MEASURE_NOT_OF_KIND),
                () -> when(oral(order) && basis.confirmDays().isEmpty(), Refusal.ORAL_NOT_ALLOWED));
    }

    /** The written form of an oral order is judged as that order would be: what it names, on the same row. */
    private static boolean offers(MatrixRow basis, OrderKind kind) {
        return basis.kinds().contains(kind)
                || (kind == OrderKind.ORAL_CONFIRMATION && basis.confirmDays().isPresent());
    }

    /** Each measure is for content, of the kinds that know it. */
    private static boolean measured(OrderDocument order) {
        boolean content = order.scope().categories().contains(Category.CONTENT);
        return order.scope()
                .measure()
                .filter(measure -> !content || !measure.of(order.kind()))
                .isEmpty();
    }

    private static boolean oral(OrderDocument order) {
        return order.urgency() == Urgency.ORAL;
    }

    private static Verdict verdict(OrderDocument order, MatrixRow row, Category category, Facts facts) {
        if (!row.categories().contains(category)) {
            return new Verdict.Deny(row.beyond());
        }
        if (!order.kind().reaches(category)) {
            return new Verdict.Deny(Refusal.CATEGORY_NOT_OF_KIND);
        }
        Optional<String> role = order.validator().map(ValidatorReference::role);
        // A judge who need not be named and is: what nobody can prove later is not said at all.
        return row.needsValidator(order) || role.isPresent()
                ? authorised(order, row.validatorRole().or(() -> role).orElseThrow(), facts.validation())
                : new Verdict.Allow();
    }

    /** Article 126ng(2) Sv and its like: no judge named or none submitted is a refusal, an unproven one is not yet. */
    private static Verdict authorised(OrderDocument order, String role, Validation validation) {
        if (order.validator().isEmpty()) {
            return new Verdict.Deny(Refusal.VALIDATOR_NOT_NAMED);
        }
        ValidatorReference named = order.validator().get();
        if (!named.role().equals(role)) {
            return new Verdict.Deny(Refusal.VALIDATOR_ROLE);
        }
        if (named.authority().equals(order.issuer().authority())) {
            return new Verdict.Deny(Refusal.VALIDATOR_OF_ISSUERS_PARTY);
        }
        return validation.match(
                () -> new Verdict.Deny(Refusal.VALIDATOR_ABSENT),
                () -> new Verdict.Needs(VALIDATOR),
                proven -> proven(named, role, proven));
    }

    /** The party named is not the issuer's, and the one proven is the one named. */
    private static Verdict proven(ValidatorReference named, String role, Validation.Proven proven) {
        return firstOf(
                        () -> when(!proven.role().equals(role), Refusal.VALIDATOR_ROLE),
                        () -> when(!proven.authority().equals(named.authority()), Refusal.VALIDATOR_DIFFERS))
                .<Verdict>map(Verdict.Deny::new)
                .orElseGet(Verdict.Allow::new);
    }

    private static Optional<Refusal> when(boolean ground, Refusal refusal) {
        return ground ? Optional.of(refusal) : Optional.empty();
    }

    @SafeVarargs
    private static Optional<Refusal> firstOf(Supplier<Optional<Refusal>>... grounds) {
        return Stream.of(grounds).map(Supplier::get).flatMap(Optional::stream).findFirst();
    }
}
