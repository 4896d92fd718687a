// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.world;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackRecord;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.document.AuthorityDocument;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Addressee;
import org.sparekey.protocol.order.Capacity;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.LegalBasis;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.Secrecy;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TargetFormat;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.order.ValidatorDocument;
import org.sparekey.protocol.order.ValidatorReference;
import org.sparekey.testkit.pdf.PdfDesk;

/** Writes and signs the orders of the invented authority, as its people would. */
public final class OrderDesk {

    /** Version of the legal-basis matrix that the orders name. */
    public static final String MATRIX_VERSION = Matrix.newest();

    private static final Duration DEADLINE = Duration.ofDays(7);

    private final World world;
    private final InstantSource clock;
    private final SecureRandom random;

    public OrderDesk(World world, InstantSource clock, SecureRandom random) {
        this.world = world;
        this.clock = clock;
        this.random = random;
    }

    /** A signed order and, where there is one, the rechter-commissaris's signed authorisation of it. */
    public record Letter(SignedDocument order, Optional<SignedDocument> validator) {}

    /** "Who had this address then?" under article 126na Sv. */
    public Letter whoHad(String address, Instant at) {
        return unvalidated(identity(address, at), world.cast().investigator());
    }

    /** The disk under article 126ng(2) Sv, authorised by the rechter-commissaris. */
    public Letter disk(String address, Instant at) {
        return validated(content(address, at));
    }

    /** The disk without the judge, who is not even named. */
    public Letter diskWithoutJudge(String address, Instant at) {
        Draft draft = draft("NL-126ng2", OrderKind.SNAPSHOT_COPY, Category.CONTENT, prosecutor(), address, at);
        return unvalidated(draft.order(Optional.empty()), world.cast().prosecutor());
    }

    /** A friendly letter without any force. */
    public Letter voluntary(String address, Instant at) {
        Draft draft = draft("NL-VOL", OrderKind.VOLUNTARY_REQUEST, Category.EXISTENCE, investigator(), address, at);
        return unvalidated(draft.order(Optional.empty()), world.cast().investigator());
    }

    /** The unsigned identity order, for those who want to alter it first. */
    public OrderDocument identity(String address, Instant at) {
        return draft("NL-126na", OrderKind.PRODUCTION_IDENTITY, Category.SUBSCRIBER, investigator(), address, at)
                .order(Optional.empty());
    }

    /** The unsigned content order, naming the judge. */
    public OrderDocument content(String address, Instant at) {
        Instant decided = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return draft("NL-126ng2", OrderKind.SNAPSHOT_COPY, Category.CONTENT, prosecutor(), address, at)
                .order(Optional.of(new ValidatorReference(Cast.COURT, "JUDGE", "RC 26-0417", decided)));
    }

    /** The same order under the shortest clock. */
    public static OrderDocument emergency(OrderDocument order) {
        return new OrderDocument(
                order.v(),
                order.type(),
                order.id(),
                order.kind(),
                order.addressee(),
                order.legalBasis(),
                order.issuer(),
                order.validator(),
                order.caseRef(),
                order.target(),
                order.scope(),
                Urgency.EMERGENCY,
                order.deadline(),
                order.secrecy(),
                order.deliverTo(),
                order.parentOrder(),
                order.documents(),
                order.salt());
    }

    /** What an officer signs after he has called. */
    public SignedDocument calledBack(
            Actor officer,
            Digest orderDigest,
            CallBackSheet.Call call,
            CallBackOutcome outcome,
            Optional<String> code) {
        CallBackRecord record = new CallBackRecord(
                CallBackRecord.VERSION,
                CallBackRecord.TYPE,
                orderDigest,
                call.subject(),
                call.authority(),
                call.number(),
                outcome,
                code,
                officer.person(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                salt());
        return sign(CallBackRecord.TYPE, Wire.write(record), officer);
    }

    /** The same as a PDF with a PAdES signature, and the judge's authorisation as another. */
    public Letter onPdf(OrderDocument order) {
        SignedDocument signed = pdf(Wire.write(order), world.cast().prosecutor());
        return new Letter(
                signed,
                order.validator()
                        .map(_ -> pdf(
                                authorise(order, signed).payload(), world.cast().judge())));
    }

    public SignedDocument pdf(byte[] payload, Actor signer) {
        try {
            return AuthorityDocument.ofPdf(PdfDesk.signed(payload, signer.document(), clock.instant()));
        } catch (MalformedException e) {
            throw new IllegalStateException("a PDF of this world's own", e);
        }
    }

    public Letter unvalidated(OrderDocument order, Actor signer) {
        return new Letter(sign(OrderDocument.TYPE, Wire.write(order), signer), Optional.empty());
    }

    /** Signed by the prosecutor and authorised by the judge. */
    public Letter validated(OrderDocument order) {
        SignedDocument signed =
                sign(OrderDocument.TYPE, Wire.write(order), world.cast().prosecutor());
        return new Letter(signed, Optional.of(authorise(order, signed)));
    }

    /** The judge's authorisation of exactly this signed order. */
    public SignedDocument authorise(OrderDocument order, SignedDocument signed) {
        ValidatorReference named = order.validator().orElseThrow();
        ValidatorDocument authorisation = new ValidatorDocument(
                ValidatorDocument.VERSION,
                ValidatorDocument.TYPE,
                signed.digest(),
                named.role(),
                named.reference(),
                named.at(),
                salt());
        return sign(
                ValidatorDocument.TYPE, Wire.write(authorisation), world.cast().judge());
    }

    private SignedDocument sign(String type, byte[] payload, Actor signer) {
        return SignedDocument.sign(type, payload, signer.document(), clock.instant());
    }

    private Issuer investigator() {
        return new Issuer(Cast.AUTHORITY, world.cast().investigator().person(), "INVESTIGATOR", "NL");
    }

    private Issuer prosecutor() {
        return new Issuer(Cast.AUTHORITY, world.cast().prosecutor().person(), "PROSECUTOR", "NL");
    }

    private Draft draft(String basis, OrderKind kind, Category category, Issuer issuer, String address, Instant at) {
        return new Draft(basis, kind, category, issuer, address, at);
    }

    private final class Draft {
        private final String basis;
        private final OrderKind kind;
        private final Category category;
        private final Issuer issuer;
        private final String address;
        private final Instant at;

        Draft(String basis, OrderKind kind, Category category, Issuer issuer, String address, Instant at) {
            this.basis = basis;
            this.kind = kind;
            this.category = category;
            this.issuer = issuer;
            this.address = address;
            this.at = at;
        }

        OrderDocument order(Optional<ValidatorReference> validator) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            return new OrderDocument(
                    OrderDocument.VERSION,
                    OrderDocument.TYPE,
                    uuid(now),
                    kind,
                    new Addressee(PartyLists.LEGAL_ENTITY, world.site().gatewayOrigin(), Capacity.PROCESSOR),
                    new LegalBasis(basis, MATRIX_VERSION),
                    issuer,
                    validator,
                    "ZEESTER-" + random.nextInt(1000, 9999),
                    new Target(
                            TargetFormat.ADDRESS, address, Optional.empty(), Optional.empty(), new TimeWindow(at, at)),
                    new Scope(List.of(category), at, now, List.of(), false),
                    Urgency.NORMAL,
                    now.plus(DEADLINE),
                    new Secrecy("SECRET", Optional.empty(), false),
                    Cast.CASE_TEAM,
                    Optional.empty(),
                    List.of(),
                    salt());
        }
    }

    /** UUIDv7 (RFC 9562 section 5.7). */
    private UUID uuid(Instant now) {
        long high = (now.toEpochMilli() << 16) | 0x7000 | random.nextInt(0x1000);
        return new UUID(high, (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L);
    }

    private Bytes salt() {
        byte[] salt = new byte[OrderDocument.SALT_BYTES];
        random.nextBytes(salt);
        return Bytes.of(salt);
    }
}
