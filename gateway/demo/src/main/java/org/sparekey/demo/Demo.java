// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.Site;

/** The newcomer's main job: {@code ./mvnw -q -Pdemo}. */
public final class Demo {

    private Demo() {}

    public static void main(String[] args) throws Exception {
        DemoOptions options = DemoOptions.of(System.getProperties());
        play(options, new Narrator(System.out), new SecureRandom(), InstantSource.system());
        System.exit(0);
    }

    /** Plays everything; with {@code auto} it ends by itself, else it stays up. */
    static void play(DemoOptions options, Narrator narrator, SecureRandom random, InstantSource real)
            throws IOException, MalformedException, InterruptedException {
        Path directory = Files.createTempDirectory("sparekey-demo-");
        DemoClock clock = new DemoClock(real, History.LENGTH);
        Instant now = real.instant();
        narrator.says("Sparekey demo. These are image files and not running guests; every name is invented.");
        narrator.says("Starting PostgreSQL and the gateway of an invented hoster ...");
        try (Hoster hoster = Hoster.open(directory, Site.free(), clock, random);
                People people = new People(hoster.world(), clock, random);
                Resellers resellers = new Resellers(hoster.world(), clock, random)) {
            History history = new History(hoster, resellers, clock, now);
            history.write();
            Stage stage = new Stage(
                    narrator,
                    hoster.world(),
                    people,
                    resellers,
                    new Submissions(people, clock, random),
                    new OrderDesk(hoster.world(), clock, random),
                    clock,
                    random,
                    history.asked());
            PoliceScene police = new PoliceScene(stage);
            narrator.scene("The police");
            police.whoHad();
            police.diskWithoutJudge();
            PoliceScene.Outcome outcome = police.approve(police.diskWithJudge());
            police.fetchAndOpen(police.available(outcome), directory.resolve("out"));
            police.tenantChanged();
        }
    }
}
