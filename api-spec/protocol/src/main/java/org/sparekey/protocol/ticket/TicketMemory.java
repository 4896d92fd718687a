// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.ticket;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.Checkpoint;

/**
 * What a node knows from tickets it judged before. It only grows: with less of it an old ticket would look new.
 *
 * @param attempts the last attempt that was begun, by the order's id
 * @param heads the largest witnessed head seen, by origin
 * @param revoked base64url key ids that a proven entry revoked
 */
public record TicketMemory(
        int v, SortedMap<String, Begun> attempts, SortedMap<String, Checkpoint> heads, SortedSet<String> revoked) {

    public static final int VERSION = 1;

    public static final TicketMemory NOTHING =
            new TicketMemory(VERSION, new TreeMap<>(), new TreeMap<>(), new TreeSet<>());

    /** One attempt, begun under one ticket. */
    public record Begun(int attempt, UUID ticket) {}

    public TicketMemory {
        if (v != VERSION) {
            throw new IllegalArgumentException("a memory of another version");
        }
        attempts = Collections.unmodifiableSortedMap(new TreeMap<>(attempts));
        heads = Collections.unmodifiableSortedMap(new TreeMap<>(heads));
        revoked = Collections.unmodifiableSortedSet(new TreeSet<>(revoked));
    }

    Optional<Begun> begun(UUID order) {
        return Optional.ofNullable(attempts.get(order.toString()));
    }

    Optional<Checkpoint> head(String origin) {
        return Optional.ofNullable(heads.get(origin));
    }

    boolean revoked(Digest keyId) {
        return revoked.contains(keyId.base64url());
    }

    TicketMemory seen(Map<String, Checkpoint> witnessed, Set<String> keys) {
        SortedMap<String, Checkpoint> largest = new TreeMap<>(heads);
        witnessed.forEach((origin, head) ->
                largest.merge(origin, head, (known, shown) -> shown.size() > known.size() ? shown : known));
        SortedSet<String> all = new TreeSet<>(revoked);
        all.addAll(keys);
        return new TicketMemory(v, attempts, largest, all);
    }

    TicketMemory begin(UUID order, ExecutionTicket ticket) {
        SortedMap<String, Begun> more = new TreeMap<>(attempts);
        more.put(order.toString(), new Begun(ticket.attempt(), ticket.id()));
        return new TicketMemory(v, more, heads, revoked);
    }
}
