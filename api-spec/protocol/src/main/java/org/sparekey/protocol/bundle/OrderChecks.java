// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.ValidatorDocument;

/** Who ordered what, by which right: the second and third of the four proofs (8-orders). */
final class OrderChecks {

    /** States in which two officers have approved. */
    private static final Set<String> APPROVED =
            Set.of("approved", "executing", "secured", "released", "available", "acknowledged", "closed");

    private final Findings findings;
    private final Members members;
    private final TrustFile trust;
    private final BundleIndex index;
    private final LogChecks log;
    private final List<Received> received = new ArrayList<>();

    OrderChecks(Findings findings, Members members, TrustFile trust, BundleIndex index, LogChecks log) {
        this.findings = findings;
        this.members = members;
        this.trust = trust;
        this.index = index;
        this.log = log;
    }

    /** @param at time of the entry that says the order was received */
    record Received(SignedDocument signed, OrderDocument order, BundledEntry entry, Instant at) {}

    void run() {
        findings.check("order", this::order);
        if (received.isEmpty()) {
            return;
        }
        Received order = received.get(0);
        findings.check("signature of the order", () -> signature(order));
        if (order.order().validator().isPresent()) {
            findings.check("signature of the validator", () -> validator(order));
        }
        if (order.order().kind() == OrderKind.SNAPSHOT_COPY && APPROVED.contains(index.state())) {
            new ExecutionChecks(findings, members, trust, index, log, order).run();
        }
    }

    private String order() throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = members.document(BundleMembers.ORDER);
        OrderDocument order = signed.read(OrderDocument.TYPE, OrderDocument.class);
        require(order.id().equals(index.orderId()), "the enclosed order is another one than bundle.json names");
        require(
                order.addressee().gatewayOrigin().equals(trust.gatewayOrigin())
                        && order.addressee().legalEntity().equals(trust.legalEntity()),
                "the order is addressed to another hoster");
        Optional<BundledEntry> entry = log.caseLog().committing(members.need(BundleMembers.ORDER));
        need(entry.isPresent(), "no entry of the case commits to the order");
        Instant at = entry.orElseThrow().entry().time();
        received.add(new Received(signed, order, entry.orElseThrow(), at));
        return order.kind() + " under " + order.legalBasis().id() + ", received " + at + " (log entry time, unproven)";
    }

    private String signature(Received order) throws ForgedException, MissingException, MalformedException {
        var issuer = order.order().issuer();
        Digest keyId =
                person(order.signed(), issuer.authority(), Optional.of(issuer.person()), issuer.role(), order.at());
        return "signed by " + issuer.role() + " " + issuer.person() + " of " + issuer.authority() + ", "
                + log.enrolled(keyId, issuer.role());
    }

    private String validator(Received order) throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = members.document(BundleMembers.VALIDATOR);
        ValidatorDocument validator = signed.read(ValidatorDocument.TYPE, ValidatorDocument.class);
        var named = order.order().validator().orElseThrow();
        require(validator.orderDigest().equals(order.signed().digest()), "the authorisation is of another order");
        require(
                validator.role().equals(named.role()) && validator.reference().equals(named.reference()),
                "the authorisation is not the one that the order names");
        Digest keyId = person(signed, named.authority(), Optional.empty(), named.role(), order.at());
        require(
                !keyId.equals(KeyId.of(order.signed().leaf().getPublicKey())),
                "the order and its authorisation are signed with one key");
        return named.role() + " of " + named.authority() + " authorised exactly this order, "
                + log.enrolled(keyId, named.role());
    }

    /** A person's enrolled key, in force when the order was received. */
    private Digest person(SignedDocument signed, String authority, Optional<String> number, String role, Instant at)
            throws ForgedException {
        List<Digest> keys = trust.authority(authority).stream()
                .flatMap(enrolled -> enrolled.persons().stream())
                .filter(person -> number.isEmpty() || person.number().equals(number.get()))
                .filter(person -> person.role().equals(role))
                .filter(person -> !at.isBefore(person.from()) && at.isBefore(person.until()))
                .map(TrustFile.Person::keyId)
                .toList();
        return Signer.trusted(signed, keys, role + " of " + authority);
    }
}
