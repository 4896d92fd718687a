// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.orders.OrdersSettings.CallBack;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.document.SignedDocument;
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
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk.Letter;

/**
 * What people keep in hand: each of them sends the same bytes under the same key, however often he has to. Told twice, a
 * story does not go further than told once.
 */
final class Story {

    private static final byte[] SOMETHING = "something".getBytes(StandardCharsets.UTF_8);
    private static final int STEPS = 20;

    private final OrdersFixture fixture;
    private final Map<String, Sent> sent = new HashMap<>();
    private final HandStory hand;
    private String address = "";

    Story(OrdersFixture fixture) {
        this.fixture = fixture;
        this.hand = new HandStory(fixture);
    }

    private record Sent(byte[] body, String key, long version) {}

    /** How an order may go. */
    enum Kind {
        CONTENT((story, orders) -> {
            OrderId id = story.submit(orders, story.fixture.desk::disk);
            story.look(orders, id);
            story.approve(orders, id, 1, 1, Decision.RELEASE);
            story.approve(orders, id, 2, 2, Decision.RELEASE);
            story.drive(orders, id, true);
            return story.acknowledge(orders, id);
        }),
        IDENTITY((story, orders) -> story.submit(orders, story.fixture.desk::whoHad)),
        VOLUNTARY((story, orders) -> story.submit(orders, story.fixture.desk::voluntary)),
        WITHOUT_JUDGE((story, orders) -> story.submit(orders, story.fixture.desk::diskWithoutJudge)),
        TENANT_CHANGED((story, orders) -> story.stopped(orders)),
        REFUSED_BY_OFFICER((story, orders) -> {
            OrderId id = story.submit(orders, story.fixture.desk::disk);
            story.approve(orders, id, 1, 2, Decision.RELEASE);
            story.approve(orders, id, 1, 1, Decision.REFUSE);
            return id;
        }),
        THREE_LOST_ATTEMPTS((story, orders) -> {
            OrderId id = story.submit(orders, story.fixture.desk::disk);
            story.approve(orders, id, 1, 1, Decision.RELEASE);
            story.approve(orders, id, 2, 2, Decision.RELEASE);
            story.drive(orders, id, false);
            return id;
        }),
        WITHDRAWN((story, orders) -> {
            OrderId id = story.submit(orders, story.fixture.desk::disk);
            story.send(orders, "withdrawal", story.withdrawal(orders, id));
            return id;
        }),
        EXPIRED((story, orders) -> {
            OrderId id = story.submit(orders, story::urgent);
            story.fixture.pass(Duration.ofHours(2));
            orders.step();
            return id;
        }),
        TWICE((story, orders) -> {
            OrderId id = story.submit(orders, story.fixture.desk::whoHad);
            story.again(orders);
            return id;
        }),
        CALLED_BACK((story, orders) -> {
            OrderId id = story.submit(orders, story.fixture.desk::disk);
            story.call(orders, id, "+31 6 0000 0000", "0000-0000-0000-0000");
            story.call(orders, id, story.registers(), story.code(orders, id));
            return id;
        }),
        FROZEN_EXTENDED_LINKED((story, orders) -> {
            OrderId id = story.submit(orders, story::freeze);
            story.send(orders, "extension", story.follow(OrderKind.EXTENSION));
            OrderId production = story.send(orders, "production", story.production(orders, id));
            story.send(orders, "withdrawal", story.withdrawal(orders, production));
            return id;
        }),
        SPOKEN_AND_WRITTEN((story, orders) -> {
            OrderId id = story.submit(orders, story::spoken);
            story.send(orders, "written", story.follow(OrderKind.ORAL_CONFIRMATION));
            return id;
        }),
        ASKED_AND_ANSWERED((story, orders) -> {
            OrderId id = story.submit(orders, story.fixture.desk::disk);
            story.ask(orders, id);
            story.send(orders, "answer", story.follow(OrderKind.CLARIFICATION));
            return id;
        }),
        TAKEN_DOWN_AND_RESTORED((story, orders) -> {
            OrderId id = story.submit(orders, story::takeDown);
            story.approve(orders, id, 1, 1, Decision.RELEASE);
            story.approve(orders, id, 2, 2, Decision.RELEASE);
            story.report(orders, id, OfficerRecord.What.TAKE_DOWN_DONE);
            story.send(orders, "restore", story.follow(OrderKind.RESTORE));
            story.report(orders, id, OfficerRecord.What.RESTORE_DONE);
            return id;
        }),
        TAKEN_DOWN_BY_OUR_HAND((story, orders) -> {
            OrderId id = story.submit(orders, story.hand::isolate);
            story.approve(orders, id, 1, 1, Decision.RELEASE);
            story.approve(orders, id, 2, 2, Decision.RELEASE);
            story.report(orders, id, OfficerRecord.What.TAKE_DOWN_FAILED);
            story.hand.until(orders, id, "isolated");
            story.send(orders, "restore", story.follow(OrderKind.RESTORE));
            story.hand.until(orders, id, "restored");
            return id;
        }),
        THE_HAND_CANNOT((story, orders) -> {
            OrderId id = story.submit(orders, story.hand::isolate);
            story.approve(orders, id, 1, 1, Decision.RELEASE);
            story.approve(orders, id, 2, 2, Decision.RELEASE);
            story.report(orders, id, OfficerRecord.What.TAKE_DOWN_FAILED);
            story.hand.stop(orders, id);
            return id;
        }),
        TRIED_TOO_EARLY((story, orders) -> {
            OrderId id = story.submit(orders, story.fixture.desk::disk);
            orders.closed(id);
            return id;
        });

        private final BiFunction<Story, Orders, OrderId> told;

        Kind(BiFunction<Story, Orders, OrderId> told) {
            this.told = told;
        }

        OrdersSettings settings() {
            return new OrdersSettings(this == CALLED_BACK ? CallBack.REQUIRED : CallBack.OFF);
        }

        OrderId tell(Story story, Orders orders) {
            return told.apply(story, orders);
        }

        /**
         * What must be the same whoever died. An attempt whose process died is lost and logged as lost before the next; and
         * what the gateway tries by itself against the law of states it may try again. A code that was lost on its way is
         * asked for again.
         */
        List<String> effects(List<String> entries) {
            List<String> effects = new ArrayList<>();
            for (String entry : entries) {
                boolean attempts = this == CONTENT || this == TAKEN_DOWN_BY_OUR_HAND;
                boolean lost = attempts && entry.equals("order.attempt-lost");
                boolean repeated =
                        List.of("order.illegal", "order.call-back-code").contains(entry) && effects.contains(entry);
                if (lost) {
                    effects.remove(effects.size() - 1);
                } else if (!repeated) {
                    effects.add(entry);
                }
            }
            return effects;
        }
    }

    private OrderId submit(Orders orders, BiFunction<String, Instant, Letter> desk) {
        if (address.isEmpty()) {
            address = fixture.machine();
        }
        Sent order = sent.computeIfAbsent(
                "order", _ -> first(OrdersFixture.body(desk.apply(address, OrdersFixture.SEEN)), 0));
        return send(orders, "order", order.body());
    }

    private OrderId send(Orders orders, String name, byte[] body) {
        Sent one = sent.computeIfAbsent(name, _ -> first(body, 0));
        String type = Multipart.contentType("boundary");
        OrderId id = orders.submit(fixture.investigator(), one.body(), type, one.key())
                .id();
        // What a crash left behind is gone on with by the room itself.
        orders.step();
        return id;
    }

    private String registers() {
        return fixture.world.parties().list().authorities().get(0).callbackNumber();
    }

    private String code(Orders orders, OrderId id) {
        Sent one = sent.computeIfAbsent(
                "code",
                _ -> first(
                        Intake.ascii(orders.callBackCode(fixture.investigator(), id, CallBackSubject.ISSUER)
                                .code()),
                        0));
        return new String(one.body(), StandardCharsets.US_ASCII);
    }

    /** Refused for every number but the register's. */
    private void call(Orders orders, OrderId id, String number, String code) {
        Sent one = sent.computeIfAbsent("call " + number, _ -> {
            CallBackSheet.Call call = new CallBackSheet.Call(CallBackSubject.ISSUER, Cast.AUTHORITY, number, List.of());
            SignedDocument record = fixture.desk.calledBack(
                    fixture.world.cast().officer1(),
                    orders.status(id).orderDigest(),
                    call,
                    CallBackOutcome.CONFIRMED,
                    Optional.of(code));
            return first(Intake.ascii(record.compact()), 0);
        });
        try {
            orders.calledBack(fixture.officer(1), id, new String(one.body(), StandardCharsets.US_ASCII), one.key());
        } catch (ProblemException refused) {
            if (number.equals(registers())) {
                throw refused;
            }
        }
    }

    private Letter urgent(String where, Instant seen) {
        return fixture.desk.validated(new Altered(fixture.desk.content(where, seen))
                .deadline(fixture.now().plus(Duration.ofHours(1)))
                .document());
    }

    private Letter freeze(String where, Instant seen) {
        return unjudged(frozen(where, seen));
    }

    private Letter spoken(String where, Instant seen) {
        return unjudged(new Altered(frozen(where, seen)).urgency(Urgency.ORAL).document());
    }

    private OrderDocument frozen(String where, Instant seen) {
        return new Altered(fixture.desk.content(where, seen))
                .kind(OrderKind.PRESERVATION)
                .basis("NL-126ni")
                .validator(Optional.empty())
                .document();
    }

    private Letter takeDown(String where, Instant seen) {
        return fixture.desk.validated(new Altered(fixture.desk.content(where, seen))
                .kind(OrderKind.TAKE_DOWN)
                .basis("NL-125p")
                .document());
    }

    private Letter unjudged(OrderDocument order) {
        return fixture.desk.unvalidated(order, fixture.world.cast().prosecutor());
    }

    /** About the order of this story, with its basis, target and scope. */
    private byte[] follow(OrderKind kind) {
        OrderDocument earlier = told();
        return OrdersFixture.body(unjudged(new Altered(fixture.desk.content(address, OrdersFixture.SEEN))
                .kind(kind)
                .basis(earlier.legalBasis().id())
                .validator(Optional.empty())
                .scope(earlier.scope())
                .parent(earlier.id())
                .document()));
    }

    private OrderDocument told() {
        try {
            byte[] body = Objects.requireNonNull(sent.get("order")).body();
            return Submission.read(body, Multipart.contentType("boundary")).order();
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] production(Orders orders, OrderId frozen) {
        return OrdersFixture.body(fixture.desk.validated(new Altered(fixture.desk.content(address, OrdersFixture.SEEN))
                .parent(orders.status(frozen).id())
                .document()));
    }

    private void ask(Orders orders, OrderId id) {
        byte[] question = Wire.write(new ClarificationQuestion(
                1, ClarificationQuestion.TYPE, ClarificationQuestion.Subject.SCOPE, "Which days?"));
        Sent one = sent.computeIfAbsent(
                "question", _ -> first(question, orders.status(id).version()));
        orders.ask(fixture.officer(1), id, one.body(), one.version(), one.key());
    }

    private void report(Orders orders, OrderId id, OfficerRecord.What what) {
        byte[] record = Wire.write(new OfficerRecord(
                1,
                OfficerRecord.TYPE,
                what,
                Optional.of(OfficerRecord.Means.BLOCK_ADDRESS),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "Done by hand."));
        Sent one = sent.computeIfAbsent("record " + what, _ -> first(record, 0));
        orders.record(fixture.officer(1), id, one.body(), one.key());
    }

    private static Sent first(byte[] body, long version) {
        return new Sent(body, OrdersFixture.key(), version);
    }

    private OrderId stopped(Orders orders) {
        if (address.isEmpty()) {
            address = OrdersFixture.address();
            fixture.places.put(address, OrdersFixture.nowhere(StopReason.TENANCY_CHANGED));
        }
        return submit(orders, fixture.desk::disk);
    }

    private void look(Orders orders, OrderId id) {
        if (sent.containsKey("looked")) {
            return;
        }
        orders.looked(fixture.officer(1), id, "approval-basis");
        sent.put("looked", first(SOMETHING, 0));
    }

    /** @param signer whose signature it is; of another officer it is refused */
    private void approve(Orders orders, OrderId id, int officer, int signer, Decision decision) {
        Sent one = sent.computeIfAbsent(
                officer + " " + signer + " " + decision,
                _ -> first(
                        Wire.write(fixture.desks.approval(signer, id, decision)),
                        orders.status(id).version()));
        try {
            if (decision == Decision.REFUSE) {
                orders.refuse(fixture.officer(officer), id, one.body(), OfficerDesks.REASON, one.version(), one.key());
            } else {
                orders.approve(fixture.officer(officer), id, one.body(), one.version(), one.key());
            }
        } catch (ProblemException refused) {
            if (officer == signer) {
                throw refused;
            }
        }
    }

    /** What the evidence room does with an order. */
    private void drive(Orders orders, OrderId id, boolean succeeds) {
        for (int i = 0; i < STEPS; i++) {
            Optional<ApprovedOrder> claimed = orders.claim(id);
            if (claimed.isEmpty()) {
                return;
            }
            ApprovedOrder order = claimed.get();
            switch (order.phase()) {
                case CAPTURE -> capture(orders, order, succeeds);
                case RECONCILE -> orders.attemptLost(order, SOMETHING);
                case RELEASE -> orders.released(order);
                case PUBLISH -> orders.available(order);
            }
            fixture.pass(Executions.LEASE.plusSeconds(1));
        }
        throw new AssertionError(id + " has no end");
    }

    private static void capture(Orders orders, ApprovedOrder order, boolean succeeds) {
        orders.started(order, SOMETHING);
        if (succeeds) {
            orders.secured(order, Digest.sha256(SOMETHING), SOMETHING);
        }
    }

    /** In one transaction, as the evidence room does it. */
    private OrderId acknowledge(Orders orders, OrderId id) {
        if (orders.status(id).state().equals("available")) {
            fixture.transaction().executeWithoutResult(_ -> {
                orders.acknowledged(id, new Actor("INVESTIGATOR", Optional.empty()), SOMETHING);
                orders.closed(id);
            });
        }
        return id;
    }

    private byte[] withdrawal(Orders orders, OrderId id) {
        OrderDocument document = new Altered(fixture.desk.content("192.0.2.1", OrdersFixture.SEEN))
                .kind(OrderKind.WITHDRAWAL)
                .validator(Optional.empty())
                .parent(orders.status(id).id())
                .document();
        return OrdersFixture.body(
                fixture.desk.unvalidated(document, fixture.world.cast().prosecutor()));
    }

    /** The same order under another key: a duplicate. */
    private void again(Orders orders) {
        try {
            send(orders, "again", Objects.requireNonNull(sent.get("order")).body());
        } catch (ProblemException duplicate) {
            // the story goes on: the entry is what is looked at
        }
    }
}
