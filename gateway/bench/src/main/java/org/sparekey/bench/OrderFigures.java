// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.OrderDesk.Letter;
import org.sparekey.testkit.world.World;

/**
 * How long an authority waits for the machine: from the whole submission to its verdict (documents, revocation, the second
 * opinion, the law, the hold, the answer), and no person in between. Half of the orders ask who had an address, half a disk
 * with a judge's authorisation. Reported, never asserted.
 */
final class OrderFigures {

    private static final int ORDERS = 1_000;
    private static final int WARM_UP = 500;
    private static final int AT_ONCE = 8;
    private static final double P99 = 0.99;
    private static final Duration SEEN_AGO = Duration.ofDays(3);
    private static final String BOUNDARY = "boundary";

    /** As long as an answer waits for its entry at most: the design names no time for a verdict. */
    private static final double AIM_MILLIS = 2_000;

    private final Orders orders;
    private final OrderDesk desk;
    private final Caller investigator;
    private final SecureRandom random;
    private final Instant seen;
    private final Result.Conditions before;

    OrderFigures(Orders orders, World world, InstantSource clock, SecureRandom random, Result.Conditions before) {
        this.orders = orders;
        this.random = random;
        this.desk = new OrderDesk(world, clock, random);
        Actor actor = world.cast().investigator();
        this.investigator = new Caller(
                new PartyId(actor.party()),
                actor.person(),
                Role.INVESTIGATOR,
                actor.message().keyId());
        this.seen = clock.instant().minus(SEEN_AGO);
        this.before = before;
    }

    List<Figure> all(Size size) throws InterruptedException, ExecutionException {
        verdicts(size.of(WARM_UP), AT_ONCE);
        double alone = p99Millis(verdicts(size.of(ORDERS), 1));
        double together = p99Millis(verdicts(size.of(ORDERS), AT_ONCE));
        return List.of(
                Figure.of("submission_to_verdict_p99", alone, "ms", AIM_MILLIS, before),
                Figure.of("submission_to_verdict_p99_8_at_once", together, "ms", AIM_MILLIS, before));
    }

    /** Nanoseconds of each. The letters are written and signed beforehand: that is the authority's own time. */
    private List<Long> verdicts(int many, int atOnce) throws InterruptedException, ExecutionException {
        List<byte[]> bodies = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            keys.add(new UUID(random.nextLong(), random.nextLong()).toString());
            bodies.add(body(i % 2 == 0 ? desk.whoHad("198.51.100.7", seen) : desk.disk("198.51.100.7", seen)));
        }
        List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                senders.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < many; n = next.getAndIncrement()) {
                        long start = System.nanoTime();
                        orders.submit(investigator, bodies.get(n), Multipart.contentType(BOUNDARY), keys.get(n));
                        nanos.add(System.nanoTime() - start);
                    }
                }));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
        }
        return List.copyOf(nanos);
    }

    private static byte[] body(Letter letter) {
        List<Multipart.Part> parts = new ArrayList<>();
        parts.add(part("order", letter.order().compact()));
        letter.validator().ifPresent(validator -> parts.add(part("validator", validator.compact())));
        return Multipart.write(parts, BOUNDARY);
    }

    private static Multipart.Part part(String name, String compact) {
        return new Multipart.Part(name, "application/jose", compact.getBytes(StandardCharsets.US_ASCII));
    }

    private static double p99Millis(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        long p99 = sorted.get((int) Math.ceil(sorted.size() * P99) - 1);
        return (double) p99 / Duration.ofMillis(1).toNanos();
    }
}
