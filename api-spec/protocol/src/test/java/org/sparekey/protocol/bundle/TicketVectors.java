// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.approval.NodeBinding;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.ticket.TicketFault;

/** Writes the samples of tickets; run by hand, once for each version of the format, because the signatures are random. */
final class TicketVectors {

    static final String LIST = "tickets.json";

    /**
     * @param at the node's clock
     * @param after the ticket that the node has begun before, where it has
     * @param expected code of the refusal, absent where the node acts
     */
    record Vector(String file, String story, Instant at, Optional<String> after, Optional<TicketFault> expected) {}

    record Vectors(String node, List<Vector> vectors) {
        Vectors {
            vectors = List.copyOf(vectors);
        }
    }

    /** How a case differs from the good one before anything is signed. */
    @FunctionalInterface
    interface Difference {
        void make(SampleTicket ticket);
    }

    private final Path directory;
    private final SampleTicket ticket = new SampleTicket();
    private final List<Vector> vectors = new ArrayList<>();

    private TicketVectors(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException {
        new TicketVectors(Files.createDirectories(Path.of(arguments[0]))).write();
    }

    private void write() throws IOException {
        Files.write(directory.resolve("trust.json"), ticket.sample.trust());
        Files.write(directory.resolve("good.zip"), ticket.sample.zip());
        judged("good.zip", "everything holds", SampleTicket.NOW, Optional.empty(), Optional.empty());
        judged("good.zip", "replayed", SampleTicket.NOW, Optional.of("good.zip"), Optional.of(TicketFault.REPLAYED));
        judged("good.zip", "an hour later", SampleCase.at(3660), Optional.empty(), Optional.of(TicketFault.STALE));
        // Each restores what it changed: all samples share their keys, so that one trust file fits.
        bad("forged", TicketFault.FORGED, t -> t.sample.ticketSigner = t.sample.officer1);
        ticket.sample.ticketSigner = ticket.sample.statementKey;
        bad("expired", TicketFault.EXPIRED, t -> t.bound(SampleTicket.BINDING, SampleTicket.NOW));
        bad("other-node", TicketFault.OTHER_NODE, t -> t.bound(binding("node2", 1), SampleCase.at(3600)));
        bad("other-protocol", TicketFault.OTHER_PROTOCOL, t -> t.bound(binding("node1", 2), SampleCase.at(3600)));
        bad("for-no-node", TicketFault.OTHER_NODE, t -> t.sample.ticket = right -> right);
        ticket.bound(SampleTicket.BINDING, SampleCase.at(3600));
        bad("one-officer", TicketFault.NOT_APPROVED, t -> t.sample.securedByOne = true);
        ticket.sample.securedByOne = false;
        bad("officer-unknown", TicketFault.NOT_APPROVED, t -> t.sample.secondSigner = t.sample.hoster.issue("O-2"));
        ticket.sample.secondSigner = ticket.sample.officer2;
        bad("order-forged", TicketFault.NOT_ORDERED, t -> t.sample.orderSigner = t.sample.police.issue("P-1"));
        ticket.sample.orderSigner = ticket.sample.prosecutor;
        bad("officer-revoked", TicketFault.KEY_REVOKED, t -> {
            t.sample.officerRevoked = true;
            t.sample.revokedAt = SampleCase.at(40);
        });
        ticket.sample.officerRevoked = false;
        bad(
                "unwitnessed",
                TicketFault.UNWITNESSED,
                t -> t.sample.outsiders.present = t.sample.outsiders.present.subList(0, 1));
        ticket.sample.outsiders.present = ticket.sample.outsiders.witnesses;
        bad(
                "suspended",
                TicketFault.SUSPENDED,
                t -> t.sample.insteadOfCopy = Optional.of(List.of(CaseEntry.SUSPENDED)));
        bad("withdrawn", TicketFault.WITHDRAWN, SampleTicket::withdrawn);
        Files.write(directory.resolve(LIST), Wire.write(new Vectors(SampleTicket.NODE, vectors)));
    }

    private static NodeBinding binding(String node, int protocol) {
        return new NodeBinding(node, protocol, "0.1.0", Manifest.HOSTER);
    }

    private void bad(String name, TicketFault expected, Difference difference) throws IOException {
        difference.make(ticket);
        Files.write(directory.resolve("refused-" + name + ".zip"), ticket.sample.zip());
        judged("refused-" + name + ".zip", name, SampleTicket.NOW, Optional.empty(), Optional.of(expected));
    }

    private void judged(String file, String story, Instant at, Optional<String> after, Optional<TicketFault> expected) {
        vectors.add(new Vector(file, story.replace('-', ' '), at, after, expected));
    }
}
