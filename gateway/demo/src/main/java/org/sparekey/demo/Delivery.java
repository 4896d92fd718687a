// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.pki.KeyFiles;
import org.sparekey.testkit.world.Actor;
import org.sparekey.tool.Sparekey;

/** The prosecutor's side of a delivery, with the {@code sparekey} command and a key of the case team. */
final class Delivery {

    private final Stage stage;
    private final Path directory;

    Delivery(Stage stage, Path directory) {
        this.stage = stage;
        this.directory = directory;
    }

    /** The delivery folder. */
    Path evidence() {
        return directory.resolve("evidence");
    }

    /** The case team's certificate and throw-away key. */
    Path investigator() {
        return directory.resolve("investigator");
    }

    void fetchAndOpen(OrderStatus order) throws IOException {
        Files.createDirectories(investigator());
        KeyFiles.certificates(
                investigator().resolve("cert.pem"),
                java.util.List.of(stage.cast().caseTeam().certificate()));
        KeyFiles.privateKey(investigator().resolve("key.pem"), stage.cast().caseTeam());
        Path images = directory.resolve("opened");
        sparekey(
                "evidence",
                "fetch",
                "--config",
                configuration(stage.cast().prosecutor()),
                "--out",
                evidence().toString(),
                order.orderId());
        sparekey(
                "evidence",
                "open",
                "--ca",
                stage.world().gatewayCa().toString(),
                "--key",
                investigator().resolve("key.pem").toString(),
                "--out",
                images.toString(),
                evidence().toString());
    }

    /** Runs the command and shows what it prints. */
    private void sparekey(String... args) {
        PrintWriter out = new PrintWriter(stage.narrator().out(), true);
        int exit = Sparekey.run(out, out, args);
        if (exit != 0) {
            throw new IllegalStateException("sparekey " + String.join(" ", args) + " ended with " + exit);
        }
    }

    private String configuration(Actor actor) {
        return stage.world().home(actor).resolve(ChannelConfiguration.FILE).toString();
    }
}
