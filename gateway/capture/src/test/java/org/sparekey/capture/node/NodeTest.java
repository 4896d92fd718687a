// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.capture.TestRecipient;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.ticket.TicketFault;

/** What a node does not do, what it leaves when it is killed, and how its files come over a line that breaks. */
class NodeTest {

    @TempDir
    Path temp;

    private NodeFixture fixture;

    @BeforeEach
    void machine() throws IOException {
        fixture = new NodeFixture(temp);
    }

    @Test
    void a_ticket_is_used_once_and_nothing_is_done_under_it_again_after_a_start() throws IOException {
        byte[] ticket = fixture.tickets.good();
        assertThat(fixture.take(ticket)).isInstanceOf(NodeOutcome.Captured.class);
        List<String> files = fixture.store.names();
        refused(TicketFault.REPLAYED, fixture.take(ticket));
        assertThat(fixture.store.names()).isEqualTo(files);
        assertThat(fixture.spooled()).isEmpty();
    }

    @Test
    void a_withdrawn_order_is_not_executed_and_what_it_taught_is_kept() throws IOException {
        byte[] before = fixture.tickets.good();
        refused(TicketFault.WITHDRAWN, fixture.take(fixture.tickets.withdrawn()));
        refused(TicketFault.OLDER_LOG, fixture.take(before));
        assertThat(fixture.store.names()).isEmpty();
    }

    @Test
    void a_ticket_for_a_guest_that_is_gone_does_nothing() throws IOException {
        Files.writeString(temp.resolve("images/hypervisor.json"), "{\"v\":1,\"cluster\":\"ams1\",\"guests\":[]}");
        refused(TicketFault.OTHER_TARGET, fixture.take(fixture.tickets.good()));
    }

    @Test
    void certificates_that_were_not_approved_get_nothing() throws IOException {
        try (NodeJournal journal = new NodeJournal(fixture.home)) {
            Node node = fixture.node(journal, fixture.incoming, _ -> {});
            byte[] ticket = fixture.tickets.good();
            var intruder = TestRecipient.ec("secp256r1").certificate();
            var swapped = List.of(fixture.certificates.getFirst(), intruder);
            refused(TicketFault.OTHER_RECIPIENTS, node.take(ticket, swapped, (_, _) -> {}));
            refused(TicketFault.OTHER_RECIPIENTS, node.take(ticket, List.of(), (_, _) -> {}));
            assertThat(fixture.store.names()).isEmpty();
            assertThat(node.take(ticket, fixture.certificates, (_, _) -> {})).isInstanceOf(NodeOutcome.Captured.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"node.begun", "node.reading", "node.sent", "node.ended"})
    void a_killed_node_leaves_a_lost_attempt_and_no_file_and_takes_the_next(String place) throws IOException {
        byte[] ticket = fixture.tickets.attempt(1);
        assertThatExceptionOfType(NodeFixture.Killed.class)
                .isThrownBy(() -> fixture.take(ticket, fixture.incoming, die(place)));
        Optional<NodeState.Work> lost = restarted();
        boolean over = place.equals("node.ended");
        assertThat(lost.map(NodeState.Work::attempt)).isEqualTo(over ? Optional.empty() : Optional.of(1));
        assertThat(restarted()).as("told once").isEmpty();
        assertThat(fixture.spooled()).isEmpty();
        refused(TicketFault.REPLAYED, fixture.take(ticket));
        if (place.equals("node.begun")) {
            assertThat(fixture.store.names()).isEmpty();
            assertThat(fixture.take(fixture.tickets.attempt(2))).isInstanceOf(NodeOutcome.Captured.class);
        }
    }

    @Test
    void killed_while_it_cleans_it_still_tells_what_was_lost() throws IOException {
        byte[] ticket = fixture.tickets.good();
        assertThatExceptionOfType(NodeFixture.Killed.class)
                .isThrownBy(() -> fixture.take(ticket, fixture.incoming, die("node.reading")));
        try (NodeJournal journal = new NodeJournal(fixture.home)) {
            Node node = fixture.node(journal, fixture.incoming, die("node.cleaned"));
            assertThatExceptionOfType(NodeFixture.Killed.class).isThrownBy(node::recover);
        }
        assertThat(restarted()).isPresent();
    }

    @Test
    void two_processes_do_not_work_with_one_state() throws IOException {
        try (NodeJournal _ = new NodeJournal(fixture.home)) {
            assertThatIOException().isThrownBy(() -> fixture.take(fixture.tickets.good()));
        }
    }

    @Test
    void a_state_that_cannot_be_read_is_no_empty_one() throws IOException {
        fixture.take(fixture.tickets.good());
        Files.writeString(fixture.home.resolve("state.json"), "{}");
        assertThatIOException().isThrownBy(() -> fixture.take(fixture.tickets.attempt(2)));
    }

    @Test
    void a_line_that_breaks_in_every_second_piece_brings_the_same_files() throws IOException {
        Line line = new Line(fixture.incoming, 2);
        NodeOutcome outcome = fixture.take(fixture.tickets.good(), line, _ -> {});
        assertThat(outcome).isInstanceOf(NodeOutcome.Captured.class);
        assertThat(line.broken).isPositive();
        NodeOutcome.Captured captured = (NodeOutcome.Captured) outcome;
        for (var volume : captured.sealed().disks().getFirst().volumes()) {
            String name = EvidenceFolder.volume(1, volume.number());
            assertThat(fixture.store.digest(name).digest()).isEqualTo(volume.ciphertext());
        }
    }

    @Test
    void a_line_that_stays_broken_ends_the_attempt_and_leaves_nothing_on_the_node() throws IOException {
        byte[] ticket = fixture.tickets.good();
        assertThatIOException().isThrownBy(() -> fixture.take(ticket, new Line(fixture.incoming, 1), _ -> {}));
        assertThat(fixture.spooled()).isEmpty();
        assertThat(restarted()).isEmpty();
        refused(TicketFault.REPLAYED, fixture.take(ticket));
    }

    @Test
    void a_piece_goes_only_where_the_last_one_ended_and_a_file_is_what_was_sealed_or_nothing() throws IOException {
        UUID ticket = new UUID(7, 9);
        Incoming incoming = fixture.incoming;
        incoming.append(ticket, "key.cms", 0, bytes(10));
        assertThatIOException().isThrownBy(() -> incoming.append(ticket, "key.cms", 9, bytes(10)));
        assertThatIOException().isThrownBy(() -> incoming.append(ticket, "key.cms", 11, bytes(10)));
        assertThatIOException().isThrownBy(() -> incoming.append(ticket, "../key.cms", 0, bytes(10)));
        assertThatIOException().isThrownBy(() -> incoming.append(ticket, "manifest.jws", 0, bytes(10)));
        StoredFile other = new StoredFile("key.cms", 10, Digest.sha256(new byte[11]));
        assertThatIOException().isThrownBy(() -> incoming.complete(ticket, other));
        assertThat(incoming.held(ticket, "key.cms")).isZero();
        assertThat(fixture.store.names()).isEmpty();
        incoming.append(ticket, "key.cms", 0, bytes(10));
        StoredFile right = new StoredFile("key.cms", 10, Digest.sha256(new byte[10]));
        incoming.complete(ticket, right);
        incoming.complete(ticket, right);
        assertThatIOException().isThrownBy(() -> incoming.complete(ticket, other));
        assertThat(fixture.store.digest("key.cms")).isEqualTo(right);
    }

    @Test
    void what_came_of_a_lost_attempt_is_discarded_and_another_ones_is_not() throws IOException {
        UUID lost = new UUID(7, 9);
        UUID other = new UUID(7, 10);
        fixture.incoming.append(lost, "key.cms", 0, bytes(10));
        fixture.incoming.append(other, "key.cms", 0, bytes(10));
        fixture.incoming.discard(lost);
        assertThat(fixture.incoming.held(lost, "key.cms")).isZero();
        assertThat(fixture.incoming.held(other, "key.cms")).isEqualTo(10);
    }

    private Optional<NodeState.Work> restarted() throws IOException {
        try (NodeJournal journal = new NodeJournal(fixture.home)) {
            return fixture.node(journal, fixture.incoming, _ -> {}).recover();
        }
    }

    private static Consumer<String> die(String place) {
        return reached -> {
            if (reached.equals(place)) {
                throw new NodeFixture.Killed();
            }
        };
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.wrap(new byte[length]);
    }

    private static void refused(TicketFault fault, NodeOutcome outcome) {
        assertThat(outcome).isInstanceOf(NodeOutcome.Refused.class);
        assertThat(((NodeOutcome.Refused) outcome).fault()).isEqualTo(fault);
    }

    /** Breaks in every n-th piece, after part of it has come. */
    private static final class Line implements Receiver {
        private final Receiver end;
        private final int every;
        private final SplittableRandom random = new SplittableRandom(45);
        private int pieces;
        private int broken;

        Line(Receiver end, int every) {
            this.end = end;
            this.every = every;
        }

        @Override
        public long held(UUID ticket, String name) throws IOException {
            return end.held(ticket, name);
        }

        @Override
        public void append(UUID ticket, String name, long offset, ByteBuffer piece) throws IOException {
            pieces++;
            if (pieces % every == 0) {
                broken++;
                int part = every == 1 ? 0 : random.nextInt(piece.remaining());
                end.append(ticket, name, offset, piece.slice(piece.position(), part));
                throw new IOException("the line broke");
            }
            end.append(ticket, name, offset, piece);
        }

        @Override
        public void complete(UUID ticket, StoredFile file) throws IOException {
            end.complete(ticket, file);
        }
    }
}
