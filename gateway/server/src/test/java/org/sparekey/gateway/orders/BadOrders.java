// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.sparekey.gateway.orders.Picks.one;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.ValidatorDocument;
import org.sparekey.protocol.order.ValidatorReference;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.pki.Wanted;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.World;
import tools.jackson.databind.node.ObjectNode;

/**
 * Orders that are good in all but one thing. What is wrong is drawn by a seed; everything else is right, signed by the very
 * person who may sign it and brought over his own channel, so that nothing but the one thing can stop it.
 */
final class BadOrders {

    static final int BASES = 4;

    private static final String BOUNDARY = "boundary";
    private static final Instant SEEN = Instant.parse("2026-11-20T14:03:11Z");

    private final Cast cast;
    private final OrderDesk desk;
    private final InstantSource clock;
    private final List<SigningKey> unenrolled;
    private final BadSignatures signatures;

    BadOrders(World world, InstantSource clock, SecureRandom random) {
        this.cast = world.cast();
        this.desk = new OrderDesk(world, clock, random);
        this.clock = clock;
        TestCa namesake =
                TestCa.root(cast.policeCa().organisation(), cast.policeCa().crlLocation(), clock, random);
        SigningKey expired = cast.policeCa()
                .issue(Wanted.of(Purpose.DOCUMENT, "p-1001", clock.instant()).expiredAt(clock.instant()));
        this.unenrolled = List.of(
                cast.policeCa().issue(Purpose.DOCUMENT, "p-1001"),
                namesake.issue(Purpose.DOCUMENT, "p-1001"),
                expired,
                cast.elsewhereCa().issue(Purpose.DOCUMENT, "p-1001"));
        this.signatures = new BadSignatures(namesake);
    }

    /** A good order, its signer and whether a judge authorises it. */
    private record Base(OrderDocument order, Actor signer, boolean judged) {}

    /** @param number 0 to 3: identity, disk, freezing, take-down */
    private Base base(int number) {
        String address = "198.51.100.7";
        OrderDocument content = desk.content(address, SEEN);
        return switch (number) {
            case 0 -> new Base(desk.identity(address, SEEN), cast.investigator(), false);
            case 1 -> new Base(content, cast.prosecutor(), true);
            case 2 ->
                new Base(
                        new Altered(content)
                                .kind(OrderKind.PRESERVATION)
                                .basis("NL-126ni")
                                .validator(Optional.empty())
                                .document(),
                        cast.prosecutor(),
                        false);
            default ->
                new Base(
                        new Altered(content)
                                .kind(OrderKind.TAKE_DOWN)
                                .basis("NL-125p")
                                .document(),
                        cast.prosecutor(),
                        true);
        };
    }

    /** Nothing is wrong with it: what the others are compared with. */
    BadOrder control(int number) {
        Base base = base(number);
        String compact = sign(Wire.write(base.order()), base.signer().document());
        return sent("nothing", base.signer(), compact, validator(base, compact));
    }

    BadOrder next(SplittableRandom random) {
        Base base = base(random.nextInt(BASES));
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> field(base, random);
            case 8, 9, 10 -> text(base, random);
            case 11, 12, 13, 14 -> signature(base, random);
            case 15 -> signer(base, random);
            case 16 -> channel(base, random);
            case 17 -> judge(base(random.nextBoolean() ? 1 : 3), random);
            default -> form(base, random);
        };
    }

    private BadOrder field(Base base, SplittableRandom random) {
        ObjectNode tree = (ObjectNode) Wire.tree(base.order());
        String how = new BadFields(tree, base.order(), clock.instant()).spoil(random);
        String compact = sign(BadSignatures.text(tree), base.signer().document());
        return sent("field " + how, base.signer(), compact, validator(base, compact));
    }

    private BadOrder text(Base base, SplittableRandom random) {
        BadText.Spoilt spoilt = BadText.spoil(Wire.write(base.order()), random);
        String compact = sign(spoilt.bytes(), base.signer().document());
        return sent("text " + spoilt.how(), base.signer(), compact, validator(base, compact));
    }

    private BadOrder signature(Base base, SplittableRandom random) {
        String good = sign(Wire.write(base.order()), base.signer().document());
        BadSignatures.Spoilt spoilt = signatures.spoil(good, base.signer().document(), random);
        return sent("signature " + spoilt.how(), base.signer(), spoilt.compact(), validator(base, spoilt.compact()));
    }

    private BadOrder signer(Base base, SplittableRandom random) {
        List<SigningKey> others = new ArrayList<>(unenrolled);
        cast.everybody().stream()
                .filter(actor -> !actor.equals(base.signer()))
                .map(Actor::document)
                .forEach(others::add);
        others.add(cast.lapsed().document());
        others.add(base.signer().message());
        others.add(base.signer().tls());
        SigningKey key = one(random, others);
        String compact = sign(Wire.write(base.order()), key);
        return sent(
                "signer " + key.certificate().getSubjectX500Principal(),
                base.signer(),
                compact,
                validator(base, compact));
    }

    private BadOrder channel(Base base, SplittableRandom random) {
        Actor by = one(
                random,
                List.of(
                        cast.stranger(),
                        cast.judge(),
                        cast.reseller(),
                        cast.otherReseller(),
                        cast.supervisor(),
                        cast.officer1()));
        String compact = sign(Wire.write(base.order()), base.signer().document());
        return sent("channel " + by.party() + " " + by.person(), by, compact, validator(base, compact));
    }

    /** Of an order that needs one. */
    private BadOrder judge(Base base, SplittableRandom random) {
        String compact = sign(Wire.write(base.order()), base.signer().document());
        ValidatorReference named = base.order().validator().orElseThrow();
        Digest digest = digest(compact);
        SigningKey judge = cast.judge().document();
        String another = "RC 26-0418";
        return switch (random.nextInt(8)) {
            case 0 -> sent("judge left out", base.signer(), compact, Optional.empty());
            case 1 ->
                judged("of another order", base, compact, Digest.sha256(Intake.ascii(compact + " ")), named, judge);
            case 2 ->
                judged(
                        "is the prosecutor",
                        base,
                        compact,
                        digest,
                        named,
                        cast.prosecutor().document());
            case 3 -> judged("is unenrolled", base, compact, digest, named, one(random, unenrolled));
            case 4 ->
                judged(
                        "wrote another reference",
                        base,
                        compact,
                        digest,
                        new ValidatorReference(named.authority(), named.role(), another, named.at()),
                        judge);
            case 5 ->
                judged(
                        "wrote another role",
                        base,
                        compact,
                        digest,
                        new ValidatorReference(named.authority(), "PROSECUTOR", named.reference(), named.at()),
                        judge);
            case 6 ->
                judged(
                        "decides tomorrow",
                        base,
                        compact,
                        digest,
                        new ValidatorReference(
                                named.authority(),
                                named.role(),
                                named.reference(),
                                named.at().plus(1, ChronoUnit.DAYS)),
                        judge);
            default -> {
                String good = validation(digest, named, judge);
                BadSignatures.Spoilt spoilt = signatures.spoil(good, judge, random);
                yield sent("judge's " + spoilt.how(), base.signer(), compact, Optional.of(spoilt.compact()));
            }
        };
    }

    private BadOrder judged(
            String how, Base base, String compact, Digest digest, ValidatorReference says, SigningKey signer) {
        return sent("judge " + how, base.signer(), compact, Optional.of(validation(digest, says, signer)));
    }

    private BadOrder form(Base base, SplittableRandom random) {
        BadOrder good = control(random.nextInt(BASES));
        BadForms.Spoilt spoilt = BadForms.spoil(good.body(), BOUNDARY, random);
        return new BadOrder("form " + spoilt.how(), good.by(), spoilt.body(), spoilt.contentType());
    }

    private Optional<String> validator(Base base, String compact) {
        return base.judged()
                ? Optional.of(validation(
                        digest(compact),
                        base.order().validator().orElseThrow(),
                        cast.judge().document()))
                : Optional.empty();
    }

    private String validation(Digest order, ValidatorReference says, SigningKey signer) {
        ValidatorDocument document = new ValidatorDocument(
                ValidatorDocument.VERSION,
                ValidatorDocument.TYPE,
                order,
                says.role(),
                says.reference(),
                says.at(),
                Bytes.of(new byte[OrderDocument.SALT_BYTES]));
        return SignedDocument.sign(ValidatorDocument.TYPE, Wire.write(document), signer, clock.instant())
                .compact();
    }

    private String sign(byte[] payload, SigningKey key) {
        return SignedDocument.sign(OrderDocument.TYPE, payload, key, clock.instant())
                .compact();
    }

    private static Digest digest(String compact) {
        return Digest.sha256(compact.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static BadOrder sent(String how, Actor by, String compact, Optional<String> validator) {
        List<Multipart.Part> parts = new ArrayList<>();
        parts.add(part("order", compact));
        validator.ifPresent(text -> parts.add(part("validator", text)));
        return new BadOrder(how, by, Multipart.write(parts, BOUNDARY), Multipart.contentType(BOUNDARY));
    }

    private static Multipart.Part part(String name, String text) {
        return new Multipart.Part(name, "application/jose", text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
