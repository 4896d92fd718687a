// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.sparekey.bench.Comparison.Share;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.protocol.json.Wire;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a registration costs that is signed, sent over HTTPS, checked against everything the gateway holds, entered in the
 * log and answered with a signed receipt; against the bare insert of the same rows into the same tables.
 */
final class RegistryComparisons {

    /** As many as one batch may have. */
    private static final int BATCH = 10_000;

    /** The clients of the goal, at once on both sides. */
    private static final int SOME = 16;

    private static final Duration RENTED_FOR = Duration.ofDays(30);

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final List<Sender> senders = new ArrayList<>();
    private final Fleet plain;

    RegistryComparisons(
            Inventory inventory,
            JdbcClient database,
            TransactionTemplate transaction,
            InstantSource clock,
            List<Client> clients) {
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
        Instant since = clock.instant().minus(RENTED_FOR);
        StringBuilder rented = new StringBuilder("kind,value,reseller,from,to\n");
        for (int i = 0; i < clients.size(); i++) {
            Sender sender = new Sender(clients.get(i), new Fleet(i, clock.instant()));
            senders.add(sender);
            sender.fleet
                    .prefixes()
                    .forEach(prefix -> rented.append(
                            "PREFIX,%s,%s,%s,\n".formatted(prefix, sender.client.party(), Wire.text(since))));
        }
        if (!(inventory.importAssignments(rented.toString().getBytes(StandardCharsets.UTF_8))
                instanceof Imported.Done)) {
            throw new IllegalStateException("the prefixes were refused");
        }
        this.plain = new Fleet(Fleet.OF_NOBODY, clock.instant());
    }

    private record Sender(Client client, Fleet fleet) {}

    List<Comparison> all(Size size) {
        int batch = size.of(BATCH);
        int singles = size.of(2_000);
        return List.of(
                new Comparison(
                        "batch_registration_vs_insert",
                        0.35,
                        Yardstick.RATE,
                        new Share(batch, new Batches(batch)),
                        new Share(batch, new Plain(1, batch)),
                        size.of(4)),
                new Comparison(
                        "batch_vs_singles",
                        20,
                        Yardstick.RATE,
                        new Share(batch, new Batches(batch)),
                        new Share(singles, new Singles(senders.size())),
                        size.of(2)),
                new Comparison(
                        "single_registration_vs_insert",
                        0.30,
                        Yardstick.RATE,
                        new Share(singles, new Singles(SOME)),
                        new Share(singles, new Plain(SOME, 1)),
                        size.of(8)),
                // Reported only: the rows' writers share a pool of as many connections as the goal has clients.
                new Comparison(
                        "single_registration_vs_insert_128",
                        0,
                        Yardstick.RATE,
                        new Share(singles, new Singles(senders.size())),
                        new Share(singles, new Plain(senders.size(), 1)),
                        size.of(8)));
    }

    /** Batches of so many lines by one reseller. */
    private final class Batches implements Side {

        private final int lines;
        private final Deque<Client.Prepared> ready = new ArrayDeque<>();

        Batches(int lines) {
            this.lines = lines;
        }

        @Override
        public void prepare(int operations) throws Exception {
            Sender sender = senders.getFirst();
            for (int made = 0; made < operations; made += lines) {
                ready.add(sender.client.sign(sender.fleet.next(lines)));
            }
        }

        @Override
        public void run(int operations) throws Exception {
            while (!ready.isEmpty()) {
                senders.getFirst().client.register(ready.remove());
            }
        }
    }

    /** Batches of one line by so many resellers at once, each waiting for his answer before he sends the next. */
    private final class Singles implements Side {

        private final List<Sender> some;
        private final List<Deque<Client.Prepared>> ready;

        Singles(int clients) {
            this.some = senders.subList(0, Math.min(clients, senders.size()));
            this.ready = some.stream()
                    .map(sender -> (Deque<Client.Prepared>) new ArrayDeque<Client.Prepared>())
                    .toList();
        }

        @Override
        public void prepare(int operations) throws Exception {
            for (int n = 0; n < operations; n++) {
                Sender sender = some.get(n % some.size());
                ready.get(n % some.size()).add(sender.client.sign(sender.fleet.next(1)));
            }
        }

        @Override
        public void run(int operations) throws Exception {
            new Writers(some.size()).each(writer -> {
                Deque<Client.Prepared> mine = ready.get(writer);
                while (!mine.isEmpty()) {
                    some.get(writer).client.register(mine.remove());
                }
            });
        }
    }

    /** The bare rows, so many machines to a transaction, by so many at once. */
    private final class Plain implements Side {

        private final int writers;
        private final int machines;
        private final Queue<PlainRows> ready = new ConcurrentLinkedQueue<>();

        Plain(int writers, int machines) {
            this.writers = writers;
            this.machines = machines;
        }

        @Override
        public void prepare(int operations) {
            for (int made = 0; made < operations; made += machines) {
                ready.add(new PlainRows("plain", plain.next(machines), clock.instant()));
            }
        }

        @Override
        public void run(int operations) throws Exception {
            new Writers(writers).each(writer -> {
                for (PlainRows rows = ready.poll(); rows != null; rows = ready.poll()) {
                    PlainRows next = rows;
                    transaction.executeWithoutResult(status -> next.insert(database));
                }
            });
        }
    }
}
