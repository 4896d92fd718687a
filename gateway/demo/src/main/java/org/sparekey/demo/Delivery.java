// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.Acknowledgement;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderDocument;
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
                List.of(stage.cast().caseTeam().certificate()));
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

    /** Tells the gateway, signed, that exactly this manifest arrived. */
    OrderStatus acknowledge(OrderStatus order) throws IOException, MalformedException {
        return Submissions.read(
                stage.people().granted(stage.cast().prosecutor(), acknowledgement(order)), OrderStatus.class);
    }

    /** The signed receipt over the manifest in the folder. */
    Call acknowledgement(OrderStatus order) throws IOException, MalformedException {
        byte[] manifest = Files.readAllBytes(evidence().resolve(EvidenceFolder.MANIFEST));
        String compact = new String(manifest, StandardCharsets.US_ASCII).strip();
        byte[] salt = new byte[OrderDocument.SALT_BYTES];
        stage.random().nextBytes(salt);
        Instant now = stage.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Acknowledgement acknowledgement = new Acknowledgement(
                Acknowledgement.VERSION,
                Acknowledgement.TYPE,
                order.id(),
                SignedDocument.parse(compact).digest(),
                now,
                Bytes.of(salt));
        Actor prosecutor = stage.cast().prosecutor();
        String signed = SignedDocument.sign(
                        Acknowledgement.TYPE, Wire.write(acknowledgement), prosecutor.document(), now)
                .compact();
        return Call.post(
                Submissions.ORDERS + "/" + order.orderId() + "/acknowledgement",
                Content.of("application/jose", signed.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Everything a court needs to judge the order, in one file. */
    Path bundle(OrderStatus order) throws IOException {
        byte[] zip = stage.people()
                .granted(stage.cast().prosecutor(), Call.get(Submissions.ORDERS + "/" + order.orderId() + "/bundle"))
                .content()
                .array();
        return Files.write(directory.resolve("bundle.zip"), zip);
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
