// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;

/** A valid order of each kind, and one way to spoil each field that the law looks at. */
record SampleOrder(
        OrderKind kind,
        String basis,
        String version,
        String role,
        Optional<ValidatorReference> validator,
        Target target,
        List<Category> categories,
        boolean memory,
        Addressee addressee,
        Instant deadline,
        Urgency urgency) {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final GatewayIdentity HERE = new GatewayIdentity("Voorbeeld Hosting B.V.", "https://api.hoster.example");
    static final Instant SEEN = Instant.parse("2026-11-20T14:03:11Z");

    static SampleOrder identity() {
        return new SampleOrder(
                OrderKind.PRODUCTION_IDENTITY,
                "NL-126na",
                Matrix.newest(),
                "INVESTIGATOR",
                Optional.empty(),
                target(TargetFormat.ADDRESS, "192.0.2.7", SEEN),
                List.of(Category.SUBSCRIBER),
                false,
                new Addressee(HERE.legalEntity(), HERE.gatewayOrigin(), Capacity.CONTROLLER),
                NOW.plusSeconds(86_400),
                Urgency.NORMAL);
    }

    static SampleOrder snapshot() {
        ValidatorReference judge =
                new ValidatorReference("rechtbank-voorbeeld", "JUDGE", "RC-2026-17", NOW.minusSeconds(3600));
        return identity()
                .on("NL-126ng2")
                .kind(OrderKind.SNAPSHOT_COPY)
                .role("PROSECUTOR")
                .validator(Optional.of(judge))
                .categories(Category.CONTENT);
    }

    static SampleOrder preservation() {
        return identity()
                .on("NL-126ni")
                .kind(OrderKind.PRESERVATION)
                .role("PROSECUTOR")
                .categories(Category.SUBSCRIBER, Category.CONTENT);
    }

    static Target target(TargetFormat format, String value, Instant seen) {
        return new Target(format, value, Optional.empty(), Optional.empty(), new TimeWindow(seen, seen));
    }

    OrderDocument document() {
        return new OrderDocument(
                OrderDocument.VERSION,
                OrderDocument.TYPE,
                UUID.fromString("0193576e-0c00-7000-8000-000000000001"),
                kind,
                addressee,
                new LegalBasis(basis, version),
                new Issuer("politie-voorbeeld", "p-1", role, "NL"),
                validator,
                "2026-0001",
                target,
                new Scope(categories, SEEN, NOW, List.of(), memory),
                urgency,
                deadline,
                new Secrecy("SECRET", Optional.empty(), false),
                "team-1",
                Optional.empty(),
                List.of(),
                Bytes.of(new byte[OrderDocument.SALT_BYTES]));
    }

    SampleOrder kind(OrderKind other) {
        return new SampleOrder(
                other, basis, version, role, validator, target, categories, memory, addressee, deadline, urgency);
    }

    SampleOrder on(String other) {
        return new SampleOrder(
                kind, other, version, role, validator, target, categories, memory, addressee, deadline, urgency);
    }

    SampleOrder version(String other) {
        return new SampleOrder(
                kind, basis, other, role, validator, target, categories, memory, addressee, deadline, urgency);
    }

    SampleOrder role(String other) {
        return new SampleOrder(
                kind, basis, version, other, validator, target, categories, memory, addressee, deadline, urgency);
    }

    SampleOrder validator(Optional<ValidatorReference> other) {
        return new SampleOrder(
                kind, basis, version, role, other, target, categories, memory, addressee, deadline, urgency);
    }

    SampleOrder target(Target other) {
        return new SampleOrder(
                kind, basis, version, role, validator, other, categories, memory, addressee, deadline, urgency);
    }

    SampleOrder categories(Category... other) {
        return new SampleOrder(
                kind, basis, version, role, validator, target, List.of(other), memory, addressee, deadline, urgency);
    }

    SampleOrder withMemory() {
        return new SampleOrder(
                kind, basis, version, role, validator, target, categories, true, addressee, deadline, urgency);
    }

    SampleOrder to(String legalEntity, String origin) {
        Addressee other = new Addressee(legalEntity, origin, Capacity.CONTROLLER);
        return new SampleOrder(
                kind, basis, version, role, validator, target, categories, memory, other, deadline, urgency);
    }

    SampleOrder deadline(Instant other) {
        return new SampleOrder(
                kind, basis, version, role, validator, target, categories, memory, addressee, other, urgency);
    }

    SampleOrder urgency(Urgency other) {
        return new SampleOrder(
                kind, basis, version, role, validator, target, categories, memory, addressee, deadline, other);
    }
}
