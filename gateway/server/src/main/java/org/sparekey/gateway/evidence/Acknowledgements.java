// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.orders.Transition;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Claim;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.Acknowledgement;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes the authority's signed receipt; with it the order is closed and its hold released. */
final class Acknowledgements {

    private final Orders orders;
    private final Delivery delivery;
    private final Parties parties;
    private final Idempotency idempotency;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Failpoint failpoint;

    Acknowledgements(
            Orders orders,
            Delivery delivery,
            Parties parties,
            Idempotency idempotency,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InstantSource clock,
            Failpoint failpoint) {
        this.orders = orders;
        this.delivery = delivery;
        this.parties = parties;
        this.idempotency = idempotency;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.failpoint = failpoint;
    }

    /** @param entry of the acknowledgement, to wait for outside the transaction */
    record Taken(OrderId order, Digest entry) {}

    /** @throws ProblemException DOCUMENT_REFUSED when it is not signed by this authority over this manifest */
    Taken take(Caller caller, String reference, byte[] body, String idempotencyKey) {
        OrderFile order = delivery.own(caller, reference);
        Optional<SignedDocument> signed = Optional.empty();
        try {
            signed = Optional.of(read(body));
            return take(caller, order, signed.get(), body, idempotencyKey);
        } catch (ProblemException refused) {
            enter(caller, order, signed, refused.problem());
            throw refused;
        }
    }

    /** A receipt that is none is an entry with the key it claims; what the state does not allow now changes nothing. */
    private void enter(Caller caller, OrderFile order, Optional<SignedDocument> signed, Problem problem) {
        switch (problem) {
            case DOCUMENT_REFUSED, MALFORMED_REQUEST, EVIDENCE_WITHHELD ->
                delivery.refuse(
                        caller,
                        order,
                        "acknowledgement-" + problem.slug(),
                        signed.map(DocumentCheck::signer)
                                .map(key -> Map.of("claimedKey", key.base64url()))
                                .orElse(Map.of()));
            default -> {}
        }
    }

    private Taken take(Caller caller, OrderFile order, SignedDocument signed, byte[] body, String idempotencyKey) {
        byte[] who = (order.id().code() + caller.person()).getBytes(StandardCharsets.UTF_8);
        Digest payload = Digest.sha256(who, body);
        return Objects.requireNonNull(transaction.execute(status -> {
            Claim claim = idempotency.claim(
                    caller, idempotencyKey, payload, order.id().code());
            if (claim instanceof Claim.Earlier) {
                return new Taken(order.id(), earlier(order.id()).orElseThrow());
            }
            check(caller, order, delivery.released(order).orElseThrow(Delivery::withheld), signed);
            Taken taken = acknowledged(caller, order, signed, body);
            failpoint.reached("evidence.acknowledging");
            return taken;
        }));
    }

    private Taken acknowledged(Caller caller, OrderFile order, SignedDocument signed, byte[] body) {
        Actor actor = new Actor(caller.role().name(), Optional.of(DocumentCheck.signer(signed)));
        if (!(orders.acknowledged(order.id(), actor, body) instanceof Transition.Done(var _, var entry))
                || !(orders.closed(order.id()) instanceof Transition.Done)) {
            throw new ProblemException(Problem.CONFLICT, "the order is not waiting for an acknowledgement");
        }
        jdbc.sql("""
                INSERT INTO evidence_acknowledgement (order_code, person, document, received_at, entry_leaf)
                VALUES (:order, :person, :document, :at, :leaf)
                """)
                .param("order", order.id().code())
                .param("person", caller.person())
                .param("document", signed.compact())
                .param("at", Timestamp.from(clock.instant()))
                .param("leaf", entry.array())
                .update();
        return new Taken(order.id(), entry);
    }

    private Optional<Digest> earlier(OrderId order) {
        return jdbc.sql("SELECT entry_leaf FROM evidence_acknowledgement WHERE order_code = :order")
                .param("order", order.code())
                .query((row, n) -> Digest.of(row.getBytes("entry_leaf")))
                .optional();
    }

    private static SignedDocument read(byte[] body) {
        try {
            return SignedDocument.parse(new String(body, StandardCharsets.US_ASCII));
        } catch (MalformedException e) {
            throw new ProblemException(Problem.MALFORMED_REQUEST, "the acknowledgement is no signed document", e);
        }
    }

    private void check(Caller caller, OrderFile order, Attempt attempt, SignedDocument signed) {
        Optional<EnrolledKey> key = parties.documentKey(DocumentCheck.signer(signed))
                .filter(enrolled -> enrolled.party().equals(caller.party())
                        && enrolled.person().equals(caller.person()));
        if (key.isEmpty() || !signed.verifiedBy(key.get().publicKey())) {
            throw refused("it is not signed with the caller's enrolled document key");
        }
        Acknowledgement receipt;
        try {
            receipt = signed.read(Acknowledgement.TYPE, Acknowledgement.class);
        } catch (MalformedException e) {
            throw new ProblemException(Problem.MALFORMED_REQUEST, "the acknowledgement is not of its form", e);
        }
        if (!receipt.orderId().equals(order.documentId())
                || !receipt.manifestDigest()
                        .equals(attempt.manifest().orElseThrow().digest())) {
            throw refused("it is for another order or another manifest");
        }
    }

    private static ProblemException refused(String why) {
        return new ProblemException(Problem.DOCUMENT_REFUSED, "the acknowledgement is refused: " + why);
    }
}
