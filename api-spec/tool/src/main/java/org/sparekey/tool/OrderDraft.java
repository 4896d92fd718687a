// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.DocumentReference;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.LegalBasis;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.order.ValidatorReference;

/** Puts an order together, unsigned; of what was not said it takes the narrowest that the legal basis has. */
final class OrderDraft {

    /** Of an order without an urgency, and of one that only follows another. */
    static final Duration USUAL = Duration.ofDays(7);

    /** The shortest clock of the matrix (Regulation (EU) 2023/1543, article 10(4)). */
    static final Duration EMERGENCY = Duration.ofHours(8);

    /** Within these days it is to be confirmed in writing (126nd(4) Sv). */
    static final Duration ORAL = Duration.ofDays(3);

    private static final int VERSION_7 = 0x7000;
    private static final int TWELVE_BITS = 1 << 12;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Instant now;
    private final SecureRandom random;

    OrderDraft(Instant now, SecureRandom random) {
        this.now = now;
        this.random = random;
    }

    /** What the issuer says; its id and its salt are made here. */
    @FunctionalInterface
    interface Said {
        OrderDocument with(UUID id, Bytes salt);
    }

    /** @throws MalformedException with the sentence of the rule that it breaks */
    OrderDocument of(Said said) throws MalformedException {
        try {
            return said.with(uuidV7(), salt());
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", String.valueOf(e.getMessage()));
        }
    }

    /** An order about an earlier one: the same in everything, since nobody changes the scope of an order. */
    OrderDocument after(
            OrderDocument earlier,
            OrderKind kind,
            String matrix,
            Issuer by,
            Optional<ValidatorReference> validator,
            List<DocumentReference> sent)
            throws MalformedException {
        return of((id, salt) -> new OrderDocument(
                OrderDocument.VERSION,
                OrderDocument.TYPE,
                id,
                kind,
                earlier.addressee(),
                new LegalBasis(earlier.legalBasis().id(), matrix),
                by,
                validator,
                earlier.caseRef(),
                earlier.target(),
                earlier.scope(),
                Urgency.NORMAL,
                now.plus(USUAL),
                earlier.secrecy(),
                earlier.deliverTo(),
                Optional.of(earlier.id()),
                sent,
                salt));
    }

    /** The usual kind on this basis: the first of its row that stands on its own. */
    static Optional<OrderKind> usualKind(MatrixRow row) {
        return row.kinds().stream().filter(kind -> !kind.follows()).findFirst();
    }

    /**
     * What both the basis and the kind reach. Where that is more than one, the issuer says which; where nothing is, the matrix
     * says why.
     */
    static List<Category> within(MatrixRow row, OrderKind kind) {
        List<Category> reached = row.categories().stream().filter(kind::reaches).toList();
        return reached.isEmpty() ? row.categories().subList(0, 1) : reached;
    }

    /** A freezing lasts as long as its basis lets it; anything else is done within days. */
    static Duration usualTerm(MatrixRow row, OrderKind kind, Urgency urgency) {
        if (kind == OrderKind.PRESERVATION && row.holdDays().isPresent()) {
            return Duration.ofDays(row.holdDays().get());
        }
        return switch (urgency) {
            case EMERGENCY -> EMERGENCY;
            case ORAL -> ORAL;
            case NORMAL -> USUAL;
        };
    }

    /** RFC 9562 section 5.7: 48 bits of milliseconds, then chance. */
    private UUID uuidV7() {
        long high = now.toEpochMilli() << 16 | VERSION_7 | random.nextInt(TWELVE_BITS);
        return new UUID(high, random.nextLong() >>> 2 | VARIANT);
    }

    private Bytes salt() {
        byte[] salt = new byte[OrderDocument.SALT_BYTES];
        random.nextBytes(salt);
        return Bytes.of(salt);
    }
}
