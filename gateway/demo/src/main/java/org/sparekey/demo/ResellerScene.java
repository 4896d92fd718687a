// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sparekey.client.Registered;
import org.sparekey.testkit.world.Actor;

/** The reseller sees everything the hoster holds about him, and no trace of an order. */
final class ResellerScene {

    private static final String FILE = "palmstrand-3.csv";

    private final Stage stage;
    private final Narrator narrator;

    ResellerScene(Stage stage) {
        this.stage = stage;
        this.narrator = stage.narrator();
    }

    /** His view, before anything is ordered. */
    String view() throws IOException {
        return stage.resellers().view(reseller());
    }

    void play(String before) throws IOException {
        Path csv = stage.world().home(reseller()).resolve(FILE);
        String own = Files.readString(csv);
        narrator.says("His own four columns:");
        narrator.lines(own);
        narrator.says("All that the hoster holds about him (his customers are pseudonyms):");
        narrator.lines(before.replace("},{", "},\n{"));
        boolean same = view().equals(before);
        narrator.says("His view is " + (same ? "the same" : "NOT the same") + " before and after the order.");
        if (!same) {
            throw new IllegalStateException("the reseller's view tells of an order");
        }
        Registered.Proven again = stage.resellers().sync(reseller(), FILE, own);
        narrator.step(
                "his CSV goes in once more; the receipt is proven",
                "registry",
                again.receipt().index().orElse(-1L));
    }

    private Actor reseller() {
        return stage.cast().reseller();
    }
}
