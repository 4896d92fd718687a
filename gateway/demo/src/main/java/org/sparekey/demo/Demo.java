// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.Site;

/** The newcomer's main job: {@code ./mvnw -q -Pdemo}. */
public final class Demo {

    private final DemoOptions options;
    private final Narrator narrator;
    private final SecureRandom random;
    private final InstantSource real;

    Demo(DemoOptions options, Narrator narrator, SecureRandom random, InstantSource real) {
        this.options = options;
        this.narrator = narrator;
        this.random = random;
        this.real = real;
    }

    public static void main(String[] args) throws Exception {
        DemoOptions options = DemoOptions.of(System.getProperties());
        new Demo(options, new Narrator(System.out), Sources.random(), Sources.clock()).play();
        System.exit(0);
    }

    /** Plays the three scenes; with {@code auto} it ends by itself, else it stays up afterwards. */
    void play() throws IOException, MalformedException, InterruptedException {
        Path directory = Files.createTempDirectory("sparekey-demo-");
        DemoClock clock = new DemoClock(real, History.LENGTH);
        Instant now = real.instant();
        narrator.says("Sparekey demo. These are image files and NOT running guests; every name is invented.");
        narrator.says("Starting PostgreSQL and the gateway of an invented hoster ...");
        Site site = options.auto() ? Site.free() : Site.demo();
        try (Hoster hoster = Hoster.open(directory, site, clock, random);
                People people = new People(hoster.world(), clock, random);
                Resellers resellers = new Resellers(hoster.world(), clock, random)) {
            narrator.says("Four days of history: prefixes, two resellers' CSV files, a look at the hypervisors ...");
            History history = new History(hoster, resellers, clock, now);
            history.write();
            play(new Stage(
                    narrator,
                    hoster.world(),
                    people,
                    resellers,
                    new Submissions(people, clock, random),
                    new OrderDesk(hoster.world(), clock, random),
                    clock,
                    random,
                    history.asked()));
        }
    }

    private void play(Stage stage) throws IOException, MalformedException, InterruptedException {
        ScepticFolder folder = new ScepticFolder(
                stage, options.out().orElse(stage.world().directory().resolve("out")));
        ResellerScene reseller = new ResellerScene(stage);
        String before = reseller.view();
        narrator.scene("1. The police");
        PoliceScene.Outcome outcome = police(stage, folder.directory());
        narrator.scene("2. The hoster's officer");
        officer(stage, new Delivery(stage, folder.directory()), outcome.order());
        narrator.scene("3. The reseller");
        reseller.play(before);
        folder.write(outcome);
        narrator.says("");
        narrator.says("What a sceptic needs lies in " + folder.directory() + " (README.md there has the commands).");
        if (!options.auto()) {
            stay(stage);
        }
    }

    private PoliceScene.Outcome police(Stage stage, Path out)
            throws IOException, MalformedException, InterruptedException {
        PoliceScene police = new PoliceScene(stage);
        police.whoHad();
        police.diskWithoutJudge();
        PoliceScene.Outcome outcome = police.callBack(police.diskWithJudge());
        outcome = options.auto() ? police.approve(outcome) : police.waitForOfficers(outcome);
        OrderStatus available = police.available(outcome);
        Delivery delivery = new Delivery(stage, out);
        new Patience(stage).untilStamped(stage.cast().prosecutor(), available.orderId());
        delivery.fetchAndOpen(available);
        stage.step("the police acknowledge what they received", delivery.acknowledge(available));
        police.tenantChanged();
        return outcome;
    }

    private static void officer(Stage stage, Delivery delivery, OrderStatus order)
            throws IOException, MalformedException {
        OfficerScene officer = new OfficerScene(stage);
        officer.forgedSignature();
        officer.anotherHoster();
        officer.voluntaryRequest();
        officer.sameOfficerTwice();
        officer.verify(delivery.bundle(order));
    }

    private void stay(Stage stage) throws IOException {
        narrator.says("The gateway stays up at " + stage.world().site().gatewayOrigin()
                + "; everybody's sparekey.json lies under "
                + stage.world().directory().resolve("people") + ".");
        narrator.says("Press Enter to end.");
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    }
}
