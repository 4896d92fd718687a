// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The shards of both logs as this process knows them; {@link #refresh} looks whether another replica has changed them. */
final class Shards {

    private final ShardTable table;
    private final Function<ShardRow, Shard> opening;
    private volatile List<ShardRow> rows = List.of();
    private volatile Map<LogName, List<Shard>> chains = Map.of();

    Shards(ShardTable table, Function<ShardRow, Shard> opening) {
        this.table = table;
        this.opening = opening;
        refresh();
    }

    synchronized void refresh() {
        List<ShardRow> now = table.rows();
        if (now.equals(rows)) {
            return;
        }
        Map<LogName, List<Shard>> read = new EnumMap<>(LogName.class);
        for (ShardRow row : now) {
            read.computeIfAbsent(row.log(), _ -> new ArrayList<>()).add(opening.apply(row));
        }
        rows = now;
        chains = read;
    }

    /** A log's shards, oldest first. */
    List<Shard> of(LogName log) {
        return List.copyOf(Objects.requireNonNull(chains.get(log)));
    }

    /** The one that takes new entries. */
    Shard current(LogName log) {
        return of(log).getLast();
    }

    /** Those with something to do: the current one, and for the moments of a change the one before. */
    List<Shard> live(LogName log) {
        return of(log).stream().filter(shard -> !shard.row().closed()).toList();
    }

    Optional<Shard> before(Shard shard) {
        return shard.continuing() ? Optional.of(of(shard.log()).get(shard.row().number() - 1)) : Optional.empty();
    }

    Collection<Shard> all() {
        return chains.values().stream().flatMap(List::stream).toList();
    }
}
