// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
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
import org.sparekey.protocol.order.ValidatorReference;

/** An order that nobody signed, for tests of pure decisions. */
record Drafted(
        OrderKind kind,
        String basis,
        String authority,
        String role,
        String address,
        List<Category> categories,
        Optional<ValidatorReference> validator,
        Urgency urgency,
        Instant at,
        Duration term) {

    static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    static final String ORIGIN = "https://api.hoster.example";
    static final String HOSTER = "Voorbeeld Hosting B.V.";

    static Drafted as(OrderKind kind) {
        return new Drafted(
                kind,
                "NL-126ni",
                "politie-voorbeeld",
                "PROSECUTOR",
                "192.0.2.7",
                List.of(Category.CONTENT),
                Optional.empty(),
                Urgency.NORMAL,
                AT,
                Duration.ofDays(7));
    }

    OrderDocument document() {
        Instant seen = at.minus(Duration.ofDays(3));
        return new OrderDocument(
                OrderDocument.VERSION,
                OrderDocument.TYPE,
                UUID.fromString("0193576e-0c00-7000-8000-000000000001"),
                kind,
                new Addressee(HOSTER, ORIGIN, Capacity.CONTROLLER),
                new LegalBasis(basis, Matrix.newest()),
                new Issuer(authority, "p-1", role, "NL"),
                validator,
                "2026-0001",
                new Target(
                        TargetFormat.ADDRESS, address, Optional.empty(), Optional.empty(), new TimeWindow(seen, seen)),
                new Scope(categories, seen, at, List.of(), false),
                urgency,
                at.plus(term),
                new Secrecy("SECRET", Optional.empty(), false),
                "team-1",
                Optional.empty(),
                List.of(),
                Bytes.of(new byte[OrderDocument.SALT_BYTES]));
    }

    Drafted basis(String other) {
        return new Drafted(kind, other, authority, role, address, categories, validator, urgency, at, term);
    }

    Drafted authority(String other) {
        return new Drafted(kind, basis, other, role, address, categories, validator, urgency, at, term);
    }

    Drafted role(String other) {
        return new Drafted(kind, basis, authority, other, address, categories, validator, urgency, at, term);
    }

    Drafted address(String other) {
        return new Drafted(kind, basis, authority, role, other, categories, validator, urgency, at, term);
    }

    Drafted categories(Category... other) {
        return new Drafted(kind, basis, authority, role, address, List.of(other), validator, urgency, at, term);
    }

    Drafted validator(ValidatorReference other) {
        return new Drafted(kind, basis, authority, role, address, categories, Optional.of(other), urgency, at, term);
    }

    Drafted urgency(Urgency other) {
        return new Drafted(kind, basis, authority, role, address, categories, validator, other, at, term);
    }

    Drafted received(Instant other, Duration lasting) {
        return new Drafted(kind, basis, authority, role, address, categories, validator, urgency, other, lasting);
    }
}
