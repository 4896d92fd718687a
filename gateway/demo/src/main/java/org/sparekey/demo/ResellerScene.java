// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sparekey.client.Registered;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.testkit.world.Actor;
import tools.jackson.databind.JsonNode;

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
        narrator.says("What the hoster holds of it (all of it is GET /v1/registry-view; customers are pseudonyms):");
        for (JsonNode one : tree(before).path("registrations")) {
            narrator.lines(line(one.path("record")));
        }
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

    private static String line(JsonNode registration) {
        return "%s,%s,%s,%s"
                .formatted(
                        registration.path("addresses").path(0).path("prefix").asString(),
                        registration.path("vmId").asString(),
                        registration.path("pseudonym").asString(),
                        registration.path("validFrom").asString());
    }

    private static JsonNode tree(String json) {
        try {
            return Wire.tree(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            throw new IllegalStateException("the hoster's view is not JSON", e);
        }
    }

    private Actor reseller() {
        return stage.cast().reseller();
    }
}
