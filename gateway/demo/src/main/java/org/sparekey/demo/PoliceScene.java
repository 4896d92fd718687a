// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.IdentityAnswer;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.PartyOfRecord;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.OrderDesk;

/** The police ask who it was, are refused the disk without the judge, and get it with him. */
final class PoliceScene {

    private final Stage stage;
    private final Narrator narrator;

    PoliceScene(Stage stage) {
        this.stage = stage;
        this.narrator = stage.narrator();
    }

    /** What the later scenes and the sceptic's folder need. */
    record Outcome(OrderStatus order, OrderDesk.Letter letter, List<Approval> approvals) {}

    void whoHad() throws MalformedException {
        narrator.says("\"Who had " + Fleet.SUSPECT + " at " + stage.asked() + "?\" (article 126na Sv)");
        Actor investigator = stage.cast().investigator();
        OrderStatus status =
                stage.submissions().submit(investigator, stage.desk().whoHad(Fleet.SUSPECT, stage.asked()));
        stage.step("the order is verified, located and answered", status);
        IdentityAnswer answer = answer(investigator, status);
        PartyOfRecord party = answer.partyOfRecord()
                .orElseThrow(() -> new IllegalStateException("the answer names no party of record"));
        narrator.lines("party of record: %s (%s, register %s), %s%ncontacts: %s%ngrade: %s; next in the chain: %s"
                .formatted(
                        party.legalName(),
                        party.country(),
                        party.registerNumber(),
                        party.seat(),
                        String.join(", ", party.contacts()),
                        answer.grade(),
                        answer.nextInChain().orElse("nobody")));
    }

    void diskWithoutJudge() {
        narrator.says("The disk of " + Fleet.SUSPECT + ", asked without the rechter-commissaris:");
        OrderStatus status = stage.submissions()
                .submit(stage.cast().prosecutor(), stage.desk().diskWithoutJudge(Fleet.SUSPECT, stage.asked()));
        stage.step("nothing is held, nothing is touched", status);
        status.explanation().forEach(narrator::says);
    }

    /** With the judge: up to the officers' table. */
    Outcome diskWithJudge() {
        narrator.says("The same disk with his signed authorisation (article 126ng, second paragraph, Sv):");
        OrderDesk.Letter letter =
                stage.desk().validated(OrderDesk.emergency(stage.desk().content(Fleet.SUSPECT, stage.asked())));
        OrderStatus status = stage.submissions().submit(stage.cast().prosecutor(), letter);
        stage.step("verified, held and located to one VPS", status);
        return new Outcome(status, letter, List.of());
    }

    /** Proof 4. It is his first order and an emergency: the second officer's call waives the day it would rest. */
    Outcome callBack(Outcome outcome) {
        OrderStatus status = outcome.order();
        for (Actor officer : stage.cast().officers()) {
            CallBackSheet.Call call =
                    stage.submissions().sheet(officer, status.orderId()).calls().get(0);
            String code = stage.submissions().code(stage.cast().prosecutor(), status.orderId());
            narrator.says(officer.person() + " calls " + call.number() + ", the number of the register; there somebody"
                    + " says the code that only this order's authority was given");
            SignedDocument record = stage.desk()
                    .calledBack(officer, status.orderDigest(), call, CallBackOutcome.CONFIRMED, Optional.of(code));
            status = stage.submissions().calledBack(officer, status.orderId(), record);
        }
        stage.step("called back by two officers", status);
        return new Outcome(status, outcome.letter(), outcome.approvals());
    }

    /** Two officers sign for this order, this VPS, these recipients. */
    Outcome approve(Outcome outcome) {
        OrderStatus status = outcome.order();
        List<Approval> approvals = new ArrayList<>();
        for (Actor officer : stage.cast().officers()) {
            Approval approval = stage.submissions().approval(officer, status.orderId(), Decision.RELEASE);
            status = Submissions.read(
                    stage.people().granted(officer, stage.submissions().approve(status, approval)), OrderStatus.class);
            approvals.add(approval);
            stage.step(officer.person() + " signs", status);
        }
        return new Outcome(status, outcome.letter(), approvals);
    }

    /** Without {@code -Ddemo.auto}: the newcomer plays the officers. */
    Outcome waitForOfficers(Outcome outcome) throws InterruptedException {
        String orderId = outcome.order().orderId();
        narrator.says("Now you are the officers. In another terminal, in this directory:");
        for (Actor officer : stage.cast().officers()) {
            narrator.says("  java -jar api-spec/tool/target/sparekey.jar order approve --officer " + officer.person()
                    + " --config " + stage.world().home(officer).resolve(ChannelConfiguration.FILE)
                    + " --save " + stage.world().home(officer).resolve(ScepticFolder.SAVED_APPROVAL) + " " + orderId);
        }
        return new Outcome(
                new Patience(stage).until(stage.cast().prosecutor(), orderId, "available"),
                outcome.letter(),
                List.of());
    }

    /** Waits while the gateway captures, seals and releases. */
    OrderStatus available(Outcome outcome) throws InterruptedException {
        return new Patience(stage)
                .until(stage.cast().prosecutor(), outcome.order().orderId(), "available");
    }

    void tenantChanged() {
        narrator.says("The disk of " + Fleet.MOVED_ON + ", whose tenant changed since:");
        OrderStatus status = stage.submissions()
                .submit(stage.cast().prosecutor(), stage.desk().disk(Fleet.MOVED_ON, stage.asked()));
        stage.step("the innocent successor is not copied", status);
        status.explanation().forEach(narrator::says);
    }

    private IdentityAnswer answer(Actor investigator, OrderStatus status) throws MalformedException {
        byte[] compact = stage.people()
                .granted(investigator, Call.get(Submissions.ORDERS + "/" + status.orderId() + "/answer"))
                .content()
                .array();
        SignedDocument document = SignedDocument.parse(new String(compact, StandardCharsets.US_ASCII));
        if (!document.verifiedBy(stage.world().gatewayStatement().publicKey())) {
            throw new IllegalStateException("the answer is not signed by the gateway's statement key");
        }
        return document.read(IdentityAnswer.TYPE, IdentityAnswer.class);
    }
}
