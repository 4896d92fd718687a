// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.ChannelConfiguration.ResellerIdentity;
import org.sparekey.protocol.channel.ChannelKeys;
import org.sparekey.protocol.channel.ChannelLimits;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.ReceiptCheck;
import org.sparekey.protocol.registration.RegistrationHead;
import org.sparekey.protocol.tree.NoteKey;

/**
 * A reseller's connection to one hoster's gateway. One at a time per ledger; safe for several threads, which wait for each
 * other. What a call could not finish is a {@link GatewayException}; what lies in files and cannot be read or written is an
 * {@link IOException}.
 */
public final class ResellerClient implements AutoCloseable {

    /** Beside the configuration file. */
    public static final String LEDGER = "sparekey-ledger";

    /** A receipt of 10,000 lines, or a picture of some 30,000 machines; what is longer goes into a file. */
    private static final int MOST_ANSWER_BYTES = 64 << 20;

    private final String reseller;
    private final Exchange exchange;
    private final Ledger ledger;
    private final Batches batches;
    private final HosterViews views;
    private final ClientSettings settings;

    private ResellerClient(
            String reseller, Exchange exchange, Ledger ledger, Batches batches, ClientSettings settings) {
        this.reseller = reseller;
        this.exchange = exchange;
        this.ledger = ledger;
        this.batches = batches;
        this.views = new HosterViews(exchange);
        this.settings = settings;
    }

    /**
     * Opens the client that a configuration file describes ({@link ChannelConfiguration}); it needs {@code documentKey},
     * {@code logKeys} and {@code reseller}. The ledger lies in {@value #LEDGER} beside the file
     * unless the settings say otherwise. Nothing is sent yet.
     *
     * @throws IOException when a file is missing or does not open, or another process uses the ledger
     * @throws MalformedException when a file is not of its form
     */
    public static ResellerClient open(Path configuration) throws IOException, MalformedException {
        return open(configuration, ClientSettings.usual());
    }

    /** The same under a clock and a source of randomness of the caller's. */
    public static ResellerClient open(Path configuration, InstantSource clock, SecureRandom random)
            throws IOException, MalformedException {
        return open(configuration, ClientSettings.usual().clock(clock).random(random));
    }

    /** The same with the caller's settings. */
    public static ResellerClient open(Path configuration, ClientSettings settings)
            throws IOException, MalformedException {
        Path base = configuration.toAbsolutePath().normalize().resolveSibling("");
        ChannelConfiguration file = ChannelConfiguration.load(configuration);
        ResellerIdentity identity = file.reseller().orElseThrow(() -> missing("/reseller"));
        ChannelKeys keys = file.keys(base);
        SigningKey documentKey = keys.document().orElseThrow(() -> missing("/documentKey"));
        List<NoteKey> logs = logs(file);
        byte[] secret = Files.readAllBytes(base.resolve(identity.secretFile()));
        Channel channel = Channel.open(file, keys, limits(settings.deadline()), settings.clock(), settings.random());
        Exchange exchange = new Exchange(channel, settings);
        try {
            Ledger ledger = Ledger.open(settings.ledger().orElse(base.resolve(LEDGER)), identity.id());
            RecordMaker records = new RecordMaker(secret, identity.hoster(), settings.random());
            Batches batches = new Batches(identity.id(), documentKey, logs, exchange, ledger, records, settings);
            return new ResellerClient(identity.id(), exchange, ledger, batches, settings);
        } catch (IOException | MalformedException | RuntimeException e) {
            exchange.close();
            throw e;
        }
    }

    /**
     * Registers machines as they are since an instant: one signed batch, in random order. A batch that an earlier run left
     * unanswered is sent first. The receipt is checked before this returns: every line's path to the root that was signed,
     * the log entry's commitment, its place under a checkpoint of the pinned log.
     *
     * @param machines 1 to 10,000, each once
     * @throws GatewayException when no believable answer came; the batch is then sent again by the next call
     */
    public synchronized Registered register(List<Vps> machines) throws IOException {
        return batches.register(machines);
    }

    /** A machine is gone since an instant; it holds no address any more. */
    public synchronized Registered end(String cluster, String vm, Instant at) throws IOException {
        return batches.register(List.of(Vps.on(cluster, vm).ended().since(at)));
    }

    /**
     * An internet address goes from one machine to another at one instant, in one line: both have effect, or none.
     *
     * @param from as it is from then on, without the address
     * @param to as it is from the same instant on, with the address
     */
    public synchronized Registered moveAddress(String address, Vps from, Vps to) throws IOException {
        return batches.move(IpPrefix.parse(address).text(), from, to);
    }

    /**
     * Signs a machine over to another reseller of the same hoster: the giver's half of a hand-over. Nothing is sent; the
     * receiver registers it by {@link #takeOver}. From now on no listing ends it here. Asked again for the same receiver and
     * instant, gives the same text: a crash does not lose it; for another, signs anew. Until it is taken over it is still
     * this reseller's: a later line of it that is accepted takes it back, for a release of before that line serves no more.
     * A batch that was left unanswered is sent first.
     *
     * @param receiver the other's id with the hoster
     * @return a compact JWS, for the receiver alone
     */
    public synchronized String release(String cluster, String vm, String receiver, Instant at) throws IOException {
        return batches.release(cluster + "/" + vm, receiver, Optional.of(at));
    }

    /** The same from now on; asked again for the same receiver, gives what was signed for him. */
    public synchronized String release(String cluster, String vm, String receiver) throws IOException {
        return batches.release(cluster + "/" + vm, receiver, Optional.empty());
    }

    /**
     * Registers a machine that another reseller has signed over.
     *
     * @param vps as it is since the instant of the release
     * @param sameCustomer whether the same customer stays on the same disk
     */
    public synchronized Registered takeOver(Vps vps, String release, boolean sameCustomer) throws IOException {
        return batches.takeOver(vps, release, sameCustomer);
    }

    /** Sends the batch that was written and not answered, if there is one. */
    public synchronized Optional<Registered> resume() throws IOException {
        return batches.resume();
    }

    /**
     * Brings the gateway up to a listing of any length: sends what is new or differs from what it has accepted, in batches,
     * and ends what a complete listing no longer has. Reads the listing once, as it goes; one batch is in memory at a time,
     * so neighbours in the listing may share a batch, in random order.
     *
     * @param listing each machine once; when it throws, nothing is ended and what was sent so far stands
     * @throws GatewayException as {@link #register}; the next synchronisation goes on where this one stopped
     */
    public synchronized Synced sync(Iterator<Vps> listing, Listing kind) throws IOException {
        batches.resume();
        prove();
        return new Synchronisation(batches, ledger, settings).send(listing, kind);
    }

    /** Tells what {@link #sync} would send now; sends nothing and asks nobody. */
    public synchronized SyncCount compare(Iterator<Vps> listing, Listing kind, Consumer<Change> told)
            throws IOException {
        return new Synchronisation(batches, ledger, settings).compare(listing, kind, told);
    }

    /**
     * A machine as a listing shows it, with what the gateway has accepted of it and no listing tells: ports and addresses of
     * other routing domains, the customer's role while he is the same, and that somebody is to look before a copy. What the
     * machine says itself stands. For whoever says machines once more that others of this ledger described. Asks nobody.
     */
    public synchronized Vps completed(Vps listed) throws IOException {
        return ledger.asset(listed.asset())
                .map(known -> known.completed(listed))
                .orElse(listed);
    }

    /**
     * Fetches the proofs that were not there yet, checks them against the batches as they were sent, and keeps them.
     *
     * @return the numbers of the batches that still have none
     */
    public synchronized List<Long> prove() throws IOException {
        for (long seq : ledger.unproven()) {
            batches.prove(seq);
        }
        return ledger.unproven();
    }

    /** Fetches the receipt of a batch once more, checks it against the batch as it was sent, and keeps it. */
    public synchronized Registered receipt(Registered.Pending pending) throws IOException {
        return batches.prove(pending.receipt().seq());
    }

    /** Number of the last batch that the gateway accepted, 0 before the first. */
    public synchronized long lastBatch() {
        return ledger.lastSeq();
    }

    /** Whether a batch is waiting to be sent again. */
    public synchronized boolean hasPending() {
        return ledger.hasPending();
    }

    /** The receipt of a batch as it is kept here; empty for a number that was never accepted. */
    public synchronized Optional<BatchReceipt> keptReceipt(long batch) throws IOException {
        try {
            return ledger.receipt(batch);
        } catch (MalformedException e) {
            throw new IOException("the receipt cannot be read: " + e.reason(), e);
        }
    }

    /** Checks a kept receipt against the batch as it was sent and the pinned log key; asks nobody. */
    public synchronized ReceiptCheck.Outcome checkReceipt(long batch) throws IOException {
        return batches.check(batch);
    }

    /**
     * Where the gateway's last batch and this ledger's stand to each other: a lost or set-back side is noticed by the other.
     * Anything but IN_STEP, with no batch pending, is to be looked into by a person.
     */
    public synchronized RegistrationHead.Standing standing() throws IOException {
        RegistrationHead head = views.head();
        return head.against(ledger.lastSeq(), keptReceipt(ledger.lastSeq()).map(BatchReceipt::batchDigest));
    }

    /** What the hoster's registry and prefix table hold about this reseller, as JSON. */
    public String view() throws IOException {
        return views.text("/v1/registry-view");
    }

    /** How the hoster's listings and this reseller's registrations agree, with the signed certificates of coverage; JSON. */
    public String reconciliation() throws IOException {
        return views.text("/v1/reconciliation");
    }

    /**
     * All that the hoster holds about this reseller, into a file: one JSON object a line, however many. The file is whole
     * or not there, for its owner alone.
     */
    public void dump(Path file) throws IOException {
        views.dump(file);
    }

    /** Frees the ledger and the connections; a file that cannot be closed is an {@link UncheckedIOException}. */
    @Override
    public synchronized void close() {
        exchange.close();
        try {
            ledger.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "ResellerClient[" + reseller + "]";
    }

    /** One attempt each: attempts are counted here, where a wait lies between them. */
    private static ChannelLimits limits(Duration deadline) {
        ChannelLimits usual = ChannelLimits.USUAL;
        Duration answer = deadline.compareTo(usual.answer()) < 0 ? deadline : usual.answer();
        return new ChannelLimits(usual.connect(), answer, usual.stall(), MOST_ANSWER_BYTES, 1);
    }

    private static List<NoteKey> logs(ChannelConfiguration file) throws MalformedException {
        List<NoteKey> logs = new ArrayList<>();
        for (String key : file.logKeys()) {
            logs.add(NoteKey.parse(key));
        }
        if (logs.isEmpty()) {
            throw missing("/logKeys");
        }
        return logs;
    }

    private static MalformedException missing(String pointer) {
        return new MalformedException(pointer, "a reseller's configuration has this");
    }
}
