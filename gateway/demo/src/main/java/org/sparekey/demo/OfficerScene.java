// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.Language;
import org.sparekey.protocol.bundle.Tick;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.bundle.Wording;
import org.sparekey.protocol.channel.Answer;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Addressee;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.OrderDesk;

/** The officer sees what does not pass, and proves what did. */
final class OfficerScene {

    private final Stage stage;
    private final Narrator narrator;

    OfficerScene(Stage stage) {
        this.stage = stage;
        this.narrator = stage.narrator();
    }

    void forgedSignature() throws MalformedException {
        narrator.says("An order whose signature was forged:");
        OrderDesk.Letter genuine = stage.desk().whoHad(Fleet.SUSPECT, stage.asked());
        tell(stage.cast().investigator(), new OrderDesk.Letter(forged(genuine.order()), Optional.empty()));
    }

    void anotherHoster() {
        narrator.says("An order meant for another hoster:");
        OrderDocument order = stage.desk().identity(Fleet.SUSPECT, stage.asked());
        Addressee elsewhere = new Addressee(
                "Elders Hosting B.V.",
                "https://api.elders.example:8443",
                order.addressee().capacity());
        tell(
                stage.cast().investigator(),
                stage.desk()
                        .unvalidated(addressed(order, elsewhere), stage.cast().investigator()));
    }

    void voluntaryRequest() {
        narrator.says("A friendly letter without any force:");
        OrderStatus status = stage.submissions()
                .submit(stage.cast().investigator(), stage.desk().voluntary(Fleet.SUSPECT, stage.asked()));
        stage.step("recorded and powerless", status);
    }

    void sameOfficerTwice() {
        narrator.says("One officer signing twice:");
        OrderStatus status = stage.submissions()
                .submit(stage.cast().prosecutor(), stage.desk().disk(Fleet.SUSPECT, stage.asked()));
        Actor officer = stage.cast().officer1();
        status = approve(officer, status);
        stage.step(officer.person() + " signs", status);
        Approval again = stage.submissions().approval(officer, status.orderId(), Decision.RELEASE);
        Answer.Refused refused =
                stage.people().refused(officer, stage.submissions().approve(status, again));
        narrator.refused(refused.problem().detail(), refused.problem().title());
    }

    /** Judged by the offline verifier with a trust file that the gateway did not write. */
    void verify(Path bundle) throws IOException, MalformedException {
        narrator.says("The bundle, judged offline with the trust file:");
        byte[] bytes = Files.readAllBytes(bundle);
        Optional<byte[]> trust = Optional.of(Files.readAllBytes(stage.world().trustFile()));
        Verification verification = BundleVerifier.verify(bytes, trust);
        Wording words = Wording.in(Language.EN);
        verification
                .checks()
                .forEach(check -> narrator.lines("%2d %-7s %s: %s"
                        .formatted(
                                check.number(),
                                words.status(check.status()),
                                words.title(check.topic()),
                                words.finding(check.detail()))));
        for (Tick tick : Tick.values()) {
            Tick.Mark mark = verification.mark(tick);
            narrator.lines("%s (%s): %s".formatted(words.title(tick), words.mark(mark), words.explain(tick, mark)));
        }
        if (verification.demo()) {
            narrator.says("DEMO: the log's origin is a demonstration's; nothing here is evidence of anything.");
        }
        narrator.says("exit " + verification.overall() + ": " + words.verdict(verification.verdict()));
        if (verification.overall() != Verification.AUTHENTIC) {
            throw new IllegalStateException("the demo's own bundle is not authentic");
        }
        flipOneByte(bytes, trust);
    }

    private void flipOneByte(byte[] bytes, Optional<byte[]> trust) throws MalformedException {
        byte[] flipped = bytes.clone();
        flipped[flipped.length / 2] ^= 1;
        Verification altered = BundleVerifier.verify(flipped, trust);
        narrator.says("The same with one byte flipped: exit " + altered.overall() + ": "
                + Wording.in(Language.EN).verdict(altered.verdict()));
        if (altered.overall() != Verification.NOT_AUTHENTIC) {
            throw new IllegalStateException("a flipped byte was not noticed");
        }
    }

    private OrderStatus approve(Actor officer, OrderStatus status) {
        Approval approval = stage.submissions().approval(officer, status.orderId(), Decision.RELEASE);
        return Submissions.read(
                stage.people().granted(officer, stage.submissions().approve(status, approval)), OrderStatus.class);
    }

    /** Told either way: a refusal is a state of the order, or a problem where there is no order to speak of. */
    private void tell(Actor sender, OrderDesk.Letter letter) {
        stage.people()
                .send(sender, stage.submissions().call(letter))
                .match(
                        granted -> {
                            OrderStatus status = Submissions.read(granted, OrderStatus.class);
                            if (!status.state().equals("refused")) {
                                throw new IllegalStateException("an order that must not pass is " + status.state());
                            }
                            stage.step("refused", status);
                            return null;
                        },
                        refused -> {
                            narrator.refused(
                                    refused.problem().detail(),
                                    refused.problem().title());
                            return null;
                        });
    }

    private static SignedDocument forged(SignedDocument order) throws MalformedException {
        String compact = order.compact();
        int at = compact.lastIndexOf('.') + 10;
        char other = compact.charAt(at) == 'A' ? 'B' : 'A';
        return SignedDocument.parse(compact.substring(0, at) + other + compact.substring(at + 1));
    }

    private static OrderDocument addressed(OrderDocument order, Addressee addressee) {
        return new OrderDocument(
                order.v(),
                order.type(),
                order.id(),
                order.kind(),
                addressee,
                order.legalBasis(),
                order.issuer(),
                order.validator(),
                order.caseRef(),
                order.target(),
                order.scope(),
                order.urgency(),
                order.deadline(),
                order.secrecy(),
                order.deliverTo(),
                order.parentOrder(),
                order.documents(),
                order.salt());
    }
}
