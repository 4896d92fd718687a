// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.sparekey.capture.Guest;
import org.sparekey.capture.TestImages;
import org.sparekey.capture.TestRecipient;
import org.sparekey.capture.image.ImageDirectory;
import org.sparekey.capture.image.ImageHypervisor;
import org.sparekey.capture.seal.Recipients;
import org.sparekey.capture.seal.SealPlan;
import org.sparekey.capture.seal.SealRequest;
import org.sparekey.capture.seal.SealedCapture;
import org.sparekey.capture.seal.Sealer;
import org.sparekey.capture.store.FileEvidenceStore;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.bundle.TicketsForGuest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.ticket.NodeTrust;
import org.sparekey.protocol.ticket.TicketCheck;
import org.sparekey.protocol.timestamp.cms.CmsTimeStamps;

/** One machine with two guests, tickets for the first, and the gateway's store. */
final class NodeFixture {

    static final SealPlan SMALL = new SealPlan(2 << 20, SealPlan.DEFAULT_ZSTD_LEVEL);
    static final InstantSource CLOCK = InstantSource.fixed(TicketsForGuest.NOW);

    /** What a killed process throws here: nothing in the program catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private static final TestRecipient RSA = TestRecipient.rsa();
    private static final TestRecipient EC = TestRecipient.ec("secp256r1");

    final List<X509Certificate> certificates = List.of(RSA.certificate(), EC.certificate());
    final TestImages images;
    final ImageHypervisor hypervisor;
    final TicketsForGuest tickets;
    final FileEvidenceStore store;
    private final Digest approved;
    final Path home;
    final Incoming incoming;

    NodeFixture(Path directory) throws IOException {
        Path folder = directory.resolve("images");
        images = new TestImages(folder);
        LocatedAsset asset = TicketsForGuest.asset();
        Files.writeString(
                folder.resolve(ImageDirectory.FILE),
                "{\"v\":1,\"cluster\":\"" + asset.cluster() + "\",\"guests\":["
                        + TestImages.entry("shop", UUID.fromString(asset.uuid()), asset.vmId(), "shop.raw", "raw")
                        + ","
                        + TestImages.entry("mail", new UUID(7, 102), "102", "mail.raw", "raw") + "]}");
        hypervisor = new ImageHypervisor(folder, CLOCK);
        Guest guest = guest();
        approved = guest.configurationHash();
        Recipients recipients = Recipients.of(certificates, TicketsForGuest.NOW);
        tickets = new TicketsForGuest(
                approved, guest.disks().stream().map(Guest.Disk::sourceId).toList(), recipients.keyIds());
        store = new FileEvidenceStore(directory.resolve("evidence"));
        home = directory.resolve("node");
        incoming = new Incoming(directory.resolve("incoming"), _ -> store);
    }

    Guest guest() throws IOException {
        return hypervisor.guests().getFirst();
    }

    /** The gateway's own way, without a node. */
    SealedCapture inProcess() throws IOException {
        LocatedAsset asset = TicketsForGuest.asset();
        SealRequest request = new SealRequest(
                asset.cluster(),
                UUID.fromString(asset.uuid()),
                asset.vmId(),
                approved,
                List.of("vda"),
                Recipients.of(certificates, TicketsForGuest.NOW),
                SMALL);
        return sealer().capture(hypervisor, request, store, store, (_, _) -> {});
    }

    NodeOutcome take(byte[] bundle) throws IOException {
        return take(bundle, incoming, _ -> {});
    }

    /** In a process of its own, as far as its state goes: it starts, takes this one ticket, and ends. */
    NodeOutcome take(byte[] bundle, Receiver receiver, Consumer<String> failpoint) throws IOException {
        try (NodeJournal journal = new NodeJournal(home)) {
            Node node = node(journal, receiver, failpoint);
            node.recover();
            return node.take(bundle, certificates, (_, _) -> {});
        }
    }

    Node node(NodeJournal journal, Receiver receiver, Consumer<String> failpoint) throws IOException {
        return new Node(
                check(), hypervisor, sealer(), SMALL, journal, home.resolve("spool"), receiver, CLOCK, failpoint);
    }

    List<String> spooled() throws IOException {
        return new FileEvidenceStore(home.resolve("spool")).names();
    }

    private TicketCheck check() {
        try {
            return new TicketCheck(NodeTrust.pin(tickets.trust(), TicketsForGuest.NODE), new CmsTimeStamps());
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static Sealer sealer() {
        return new Sealer(new SecureRandom(), CLOCK);
    }
}
