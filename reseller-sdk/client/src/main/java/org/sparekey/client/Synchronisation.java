// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One pass over a listing: what is registered as it is stays unsent, the rest goes in batches, and what a complete listing
 * no longer has is ended. One batch is in memory at a time.
 */
final class Synchronisation {

    /** Records of a batch: small enough for a heap of 64 MiB with its receipt, large enough to share one signature. */
    static final int BATCH = 1_000;

    /** More than one in so many gone at once is not believed without a person's word. */
    static final int BELIEVED_SHARE = 5;

    /** Up to this no share is judged: one of three machines may well be gone; but never all of them. */
    static final int FEW = 5;

    private final Batches batches;
    private final Ledger ledger;
    private final Progress progress;
    private final InstantSource clock;
    private final int run;
    private final Map<String, Vps> waiting = new LinkedHashMap<>();
    private final List<RefusedMachine> refused = new ArrayList<>();
    private SyncCount count = SyncCount.NONE;
    private long kept;

    Synchronisation(Batches batches, Ledger ledger, ClientSettings settings) {
        this.batches = batches;
        this.ledger = ledger;
        this.progress = settings.progress();
        this.clock = settings.clock();
        this.run = ledger.newRun();
    }

    /** Sends what differs. A listing that breaks off by an exception ends nothing. */
    Synced send(Iterator<Vps> listing, Listing kind) throws IOException {
        while (listing.hasNext()) {
            Vps vps = listing.next();
            boolean changed = changed(vps).isPresent();
            count = count.oneRead(changed);
            if (changed) {
                enqueue(vps, false);
            }
            if (count.read() % BATCH == 0) {
                progress.at(count);
            }
        }
        flush(false);
        if (kind != Listing.PARTIAL) {
            endUnseen(kind);
        }
        progress.at(count);
        return new Synced(count, refused, ledger.unproven());
    }

    /** Tells what {@link #send} would send. */
    SyncCount compare(Iterator<Vps> listing, Listing kind, Consumer<Change> told) throws IOException {
        while (listing.hasNext()) {
            Vps vps = listing.next();
            Optional<Change.Kind> change = changed(vps);
            count = count.oneRead(change.isPresent());
            change.ifPresent(what -> told.accept(new Change(what, vps.asset())));
        }
        if (kind != Listing.PARTIAL) {
            ledger.each(run, (refs, met) -> {
                if (refs.isAlive() && !met) {
                    told.accept(new Change(Change.Kind.GONE, refs.asset()));
                }
            });
        }
        return count;
    }

    private Optional<Change.Kind> changed(Vps vps) throws IOException {
        if (waiting.containsKey(vps.asset()) || !ledger.meet(vps.asset(), run)) {
            throw new IllegalArgumentException("the listing has a machine twice");
        }
        Optional<AssetRefs> known = ledger.asset(vps.asset());
        kept += known.filter(AssetRefs::isAlive).isPresent() ? 1 : 0;
        if (known.isEmpty() || known.get().facts().isEmpty()) {
            return Optional.of(Change.Kind.NEW);
        }
        boolean same = known.get().facts().get().equals(Facts.of(vps));
        return same && !vps.reinstalled() ? Optional.empty() : Optional.of(Change.Kind.CHANGED);
    }

    private void enqueue(Vps vps, boolean ends) throws IOException {
        waiting.put(vps.asset(), vps);
        if (waiting.size() == BATCH) {
            flush(ends);
        }
    }

    /** @param ends whether all that waits is an end; else nothing is */
    private void flush(boolean ends) throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        Registered registered = batches.register(List.copyOf(waiting.values()));
        List<RefusedMachine> bad = registered.match(Registered.Proven::refused, Registered.Pending::refused, answer -> {
            throw new GatewayException.Refused(answer.problem(), false, Optional.empty());
        });
        bad.stream().limit(Synced.MOST_REFUSED - (long) refused.size()).forEach(refused::add);
        long accepted = waiting.size() - (long) bad.size();
        count = count.batch(accepted, bad.size(), ends ? accepted : 0);
        // New machines have a slot only now: met again later in the listing, they are told apart by it.
        for (String asset : waiting.keySet()) {
            ledger.meet(asset, run);
        }
        waiting.clear();
        progress.at(count);
    }

    private void endUnseen(Listing kind) throws IOException {
        long[] unseen = new long[1];
        ledger.each(run, (refs, met) -> unseen[0] += refs.isAlive() && !met ? 1 : 0);
        if (kind == Listing.COMPLETE && !believed(unseen[0])) {
            count = count.withheld(unseen[0]);
            return;
        }
        ledger.each(run, (refs, met) -> {
            if (refs.isAlive() && !met && !waiting.containsKey(refs.asset())) {
                enqueue(gone(refs), true);
            }
        });
        flush(true);
    }

    /** Machines that this very listing brought do not count: they say nothing about the old ones. */
    private boolean believed(long unseen) {
        return unseen == 0 || (kept > 0 && (unseen <= FEW || unseen * BELIEVED_SHARE <= kept + unseen));
    }

    /** Its name is cluster/vm, and no cluster has a slash. */
    private Vps gone(AssetRefs refs) {
        String[] name = refs.asset().split("/", 2);
        return Vps.on(name[0], name[1]).ended().since(clock.instant());
    }
}
