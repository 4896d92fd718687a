// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.sparekey.gateway.orders.OrdersFixture.SEEN;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.fixture.Death;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.ClarificationQuestion;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.StopReason;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.order.Validation;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.OrderDesk.Letter;

/** Many orders in one room over one database: whoever has something to do with them does it, or dies of it. */
final class LivingOrders implements AutoCloseable {

    /** Revocation lists last for thirty days. */
    private static final Duration LISTS_LAST = Duration.ofDays(25);

    private static final Set<String> TOLD =
            Set.of("order.submitted", "order.approval", "order.called-back", "order.clarified");
    private static final byte[] SOMETHING = {1};
    private static final int PLACES = 9;

    final OrdersFixture fixture = OrdersFixture.living();
    final Set<String> submitted = new TreeSet<>();
    final List<Living> all = new ArrayList<>();

    private final CallBackDesk calls = new CallBackDesk(fixture);
    private final SplittableRandom random;
    private Instant published;

    LivingOrders(SplittableRandom random) {
        this.random = random;
        this.published = fixture.now();
    }

    record Living(OrderId id, OrderDocument order, Validation validation) {}

    @Override
    public void close() {
        fixture.close();
    }

    /** Time passes and the room does what is due. */
    void pass(Duration time) {
        fixture.pass(time);
        if (fixture.now().isAfter(published.plus(LISTS_LAST))) {
            fixture.world.publishRevocations();
            published = fixture.now();
        }
        for (int i = 0; i < 3; i++) {
            fixture.orders.step();
        }
    }

    /** The room; every third time one whose process dies at some place. */
    private Orders room() {
        return random.nextInt(3) > 0
                ? fixture.orders
                : fixture.open(
                        new OrdersSettings(OrdersSettings.CallBack.REQUIRED),
                        Death.Walk.to(random.nextInt(PLACES))::reached);
    }

    // What people send

    void file() {
        String address = random.nextInt(9) > 0 ? fixture.machine() : nowhere();
        switch (random.nextInt(9)) {
            case 0 -> born(fixture.desk.whoHad(address, SEEN), false);
            case 1 -> born(fixture.desk.voluntary(address, SEEN), false);
            case 2 -> born(fixture.desk.diskWithoutJudge(address, SEEN), false);
            case 3 -> born(unjudged(freeze(address).document()), false);
            case 4 -> born(unjudged(freeze(address).urgency(Urgency.ORAL).document()), false);
            case 5 ->
                born(
                        fixture.desk.validated(new Altered(fixture.desk.content(address, SEEN))
                                .kind(OrderKind.TAKE_DOWN)
                                .basis("NL-125p")
                                .document()),
                        true);
            case 6 -> born(fixture.desk.validated(OrderDesk.emergency(fixture.desk.content(address, SEEN))), true);
            default -> born(fixture.desk.disk(address, SEEN), true);
        }
    }

    private String nowhere() {
        String address = OrdersFixture.address();
        fixture.places.put(address, OrdersFixture.nowhere(Picks.of(random, StopReason.values())));
        return address;
    }

    private Altered freeze(String address) {
        return new Altered(fixture.desk.content(address, SEEN))
                .kind(OrderKind.PRESERVATION)
                .basis("NL-126ni")
                .validator(Optional.empty());
    }

    private Letter unjudged(OrderDocument order) {
        return fixture.desk.unvalidated(order, fixture.world.cast().prosecutor());
    }

    private void born(Letter letter, boolean judged) {
        Validation validation = judged ? new Validation.Proven(Cast.COURT, "r-3001", "JUDGE") : new Validation.Absent();
        all.add(new Living(submit(letter), read(letter), validation));
    }

    /** Whoever got no answer sends the same again, under the same key. */
    private OrderId submit(Letter letter) {
        byte[] body = OrdersFixture.body(letter);
        String key = OrdersFixture.key();
        String type = Multipart.contentType("boundary");
        try {
            room().submit(fixture.investigator(), body, type, key);
        } catch (Death died) {
            fixture.orders.step();
        }
        OrderId id =
                fixture.orders.submit(fixture.investigator(), body, type, key).id();
        submitted.add(id.code());
        return id;
    }

    private static OrderDocument read(Letter letter) {
        try {
            return letter.order().read(OrderDocument.TYPE, OrderDocument.class);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    // What people do

    /** Somebody does something about this order, whether it is due or not. */
    void act(Living living) {
        int officer = 1 + random.nextInt(2);
        OrderId id = living.id();
        try {
            if (random.nextInt(3) > 0) {
                goOn(room(), officer, living);
                return;
            }
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> approve(room(), officer, id);
                case 3, 4 -> call(room(), officer, id);
                case 5, 6, 7 -> execute(room(), living);
                case 8 -> ask(room(), officer, id);
                case 9, 10 -> follow(living);
                default -> early(room(), id);
            }
        } catch (ProblemException | Death nothingCameOfIt) {
            fixture.orders.step();
        }
    }

    /** What is due: otherwise nobody would ever come to the end of it. */
    private void goOn(Orders room, int officer, Living living) {
        OrderId id = living.id();
        switch (fixture.orders.status(id).state()) {
            case "review" -> {
                if (random.nextInt(3) == 0) {
                    call(room, officer, id);
                } else {
                    approve(room, officer, id);
                }
            }
            case "approved", "executing", "secured", "released", "restoring" -> execute(room, living);
            case "available" -> room.acknowledged(id, new Actor("INVESTIGATOR", Optional.empty()), SOMETHING);
            case "acknowledged" -> room.closed(id);
            default -> follow(living);
        }
    }

    private void approve(Orders room, int officer, OrderId id) {
        Decision decision =
                random.nextInt(14) == 0 ? Decision.REFUSE : random.nextInt(4) == 0 ? Decision.SECURE : Decision.RELEASE;
        byte[] approval = Wire.write(fixture.desks.approval(officer, id, decision));
        long version = fixture.orders.status(id).version();
        if (decision == Decision.REFUSE) {
            room.refuse(fixture.officer(officer), id, approval, OfficerDesks.REASON, version, OrdersFixture.key());
        } else {
            room.approve(fixture.officer(officer), id, approval, version, OrdersFixture.key());
        }
    }

    private void call(Orders room, int officer, OrderId id) {
        boolean denies = random.nextInt(10) == 0;
        Optional<String> code = denies
                ? Optional.empty()
                : Optional.of(
                        random.nextInt(6) == 0
                                ? "0000-0000-0000-0000"
                                : room.callBackCode(fixture.investigator(), id, CallBackSubject.ISSUER)
                                        .code());
        CallBackOutcome outcome = denies ? CallBackOutcome.DENIED : CallBackOutcome.CONFIRMED;
        String record =
                calls.record(officer, id, calls.issuer(id), outcome, code).compact();
        room.calledBack(fixture.officer(officer), id, record, OrdersFixture.key());
    }

    /** What the evidence room does, and an officer with his own hands. */
    private void execute(Orders room, Living living) {
        OrderId id = living.id();
        if (living.order().kind() == OrderKind.TAKE_DOWN) {
            boolean restoring = fixture.orders.status(id).state().equals("restoring");
            OfficerRecord done = new OfficerRecord(
                    1,
                    OfficerRecord.TYPE,
                    restoring ? OfficerRecord.What.RESTORE_DONE : OfficerRecord.What.TAKE_DOWN_DONE,
                    Optional.of(OfficerRecord.Means.BLOCK_ADDRESS),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "Done by hand.");
            room.record(fixture.officer(1), id, Wire.write(done), OrdersFixture.key());
            return;
        }
        for (int i = 0; i < 2; i++) {
            room.claim(id).ifPresent(order -> execute(room, order));
            fixture.pass(Executions.LEASE.plusSeconds(1));
        }
    }

    private void execute(Orders room, ApprovedOrder order) {
        switch (order.phase()) {
            case CAPTURE -> {
                if (room.recheck(order) instanceof Recheck.Different(String reason)) {
                    room.reviewAgain(order, reason);
                } else if (room.started(order, SOMETHING) instanceof Transition.Done) {
                    captured(room, order);
                }
            }
            case RECONCILE -> room.attemptLost(order, SOMETHING);
            case RELEASE -> room.released(order);
            case PUBLISH -> room.available(order);
        }
    }

    /** Or the process is gone. */
    private void captured(Orders room, ApprovedOrder order) {
        switch (random.nextInt(6)) {
            case 0 -> {}
            case 1 -> room.failed(order, "NO_DATA", SOMETHING);
            default -> room.secured(order, Digest.sha256(SOMETHING), SOMETHING);
        }
    }

    private void ask(Orders room, int officer, OrderId id) {
        if (random.nextInt(3) > 0) {
            return;
        }
        byte[] question = Wire.write(new ClarificationQuestion(
                1, ClarificationQuestion.TYPE, ClarificationQuestion.Subject.SCOPE, "Which days?"));
        room.ask(
                fixture.officer(officer),
                id,
                question,
                fixture.orders.status(id).version(),
                OrdersFixture.key());
    }

    /** A letter about this order: an answer, a written form, an extension, a production, a restore, a withdrawal. */
    private void follow(Living living) {
        OrderDocument earlier = living.order();
        String address = earlier.target().value();
        OrderKind kind = Picks.of(
                random,
                OrderKind.CLARIFICATION,
                OrderKind.ORAL_CONFIRMATION,
                OrderKind.EXTENSION,
                OrderKind.RESTORE,
                OrderKind.SNAPSHOT_COPY,
                random.nextInt(3) == 0 ? OrderKind.WITHDRAWAL : OrderKind.CLARIFICATION);
        Altered about = new Altered(fixture.desk.content(address, SEEN)).parent(earlier.id());
        if (kind == OrderKind.SNAPSHOT_COPY) {
            if (earlier.kind() == OrderKind.PRESERVATION) {
                born(fixture.desk.validated(about.document()), true);
            }
            return;
        }
        submit(unjudged(about.kind(kind)
                .basis(earlier.legalBasis().id())
                .validator(Optional.empty())
                .scope(earlier.scope())
                .document()));
    }

    /** Also what is not due: it is refused and entered. */
    private void early(Orders room, OrderId id) {
        room.acknowledged(id, new Actor("INVESTIGATOR", Optional.empty()), SOMETHING);
        room.closed(id);
    }

    // What became of it

    /** What the log says of it: states, decisions and calls. The chain of its entries is proven on the way. */
    List<Life.Said> said(Living living) {
        fixture.entries(living.id());
        return fixture.log.ofCase(living.id().code()).stream()
                .map(entry -> entry.parsed())
                .filter(entry -> TOLD.contains(entry.type())
                        || CaseEntry.state(entry.type()).isPresent())
                .map(entry -> new Life.Said(
                        entry.time(),
                        entry.actor().toString(),
                        entry.type(),
                        entry.clear().getOrDefault("decision", entry.clear().getOrDefault("outcome", ""))))
                .toList();
    }
}
