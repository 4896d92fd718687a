// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.channel.Answer;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.ChannelConfiguration.ResellerIdentity;
import org.sparekey.protocol.channel.ChannelKeys;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemDetails;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.ReceiptCheck;
import org.sparekey.protocol.registration.RegistrationBatch;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.protocol.tree.NoteKey;

/** A reseller's connection to one hoster's gateway. One at a time per ledger; safe for several threads. */
public final class ResellerClient implements AutoCloseable {

    /** Beside the configuration file. */
    public static final String LEDGER = "sparekey-ledger";

    private static final int FIRST_SERVER_ERROR = 500;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;

    private final ResellerIdentity identity;
    private final SigningKey documentKey;
    private final List<NoteKey> logs;
    private final Channel channel;
    private final Ledger ledger;
    private final RecordMaker records;
    private final InstantSource clock;
    private final SecureRandom random;

    private ResellerClient(
            ResellerIdentity identity,
            SigningKey documentKey,
            List<NoteKey> logs,
            Channel channel,
            Ledger ledger,
            RecordMaker records,
            InstantSource clock,
            SecureRandom random) {
        this.identity = identity;
        this.documentKey = documentKey;
        this.logs = logs;
        this.channel = channel;
        this.ledger = ledger;
        this.records = records;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Opens the client that a configuration file describes ({@link ChannelConfiguration}); it needs {@code documentKey},
     * {@code logKeys} and {@code reseller}. The ledger lies in {@value #LEDGER} beside the file. Nothing is sent yet.
     *
     * @throws IOException when a file is missing or does not open, or another process uses the ledger
     * @throws MalformedException when a file is not of its form
     */
    public static ResellerClient open(Path configuration) throws IOException, MalformedException {
        return open(configuration, Sources.clock(), Sources.random());
    }

    /** The same under a clock and a source of randomness of the caller's. */
    public static ResellerClient open(Path configuration, InstantSource clock, SecureRandom random)
            throws IOException, MalformedException {
        Path base = configuration.toAbsolutePath().normalize().resolveSibling("");
        ChannelConfiguration settings = ChannelConfiguration.load(configuration);
        ResellerIdentity identity = settings.reseller().orElseThrow(() -> missing("/reseller"));
        ChannelKeys keys = settings.keys(base);
        SigningKey documentKey = keys.document().orElseThrow(() -> missing("/documentKey"));
        List<NoteKey> logs = logs(settings);
        byte[] secret = Files.readAllBytes(base.resolve(identity.secretFile()));
        Ledger ledger = Ledger.open(base.resolve(LEDGER), identity.id());
        return new ResellerClient(
                identity,
                documentKey,
                logs,
                Channel.open(settings, keys, clock, random),
                ledger,
                new RecordMaker(secret, identity.hoster(), random),
                clock,
                random);
    }

    /**
     * Registers machines as they are since an instant: one signed batch, in random order. A batch that an earlier run left
     * unanswered is sent first. The receipt is checked before this returns: every line's path to the root that was signed,
     * the log entry's commitment, its place under a checkpoint of the pinned log.
     *
     * @param machines 1 to 10,000, each once
     * @return the refusal of the earlier batch, while the gateway will not take that one yet
     * @throws ReceiptException when the gateway's receipt does not hold
     * @throws IOException when no believable answer came; the batch is then sent again at the next call
     */
    public synchronized Registered register(List<Vps> machines) throws IOException {
        Optional<Registered> earlier = resume();
        if (earlier.isPresent() && ledger.hasPending()) {
            return earlier.get();
        }
        List<RegistrationRecord> lines = new ArrayList<>();
        List<AssetRefs> refs = new ArrayList<>();
        List<Opening> openings = new ArrayList<>();
        for (Vps vps : shuffled(machines)) {
            RecordMaker.Made made = records.make(vps, ledger.asset(vps.asset()));
            lines.add(made.record());
            refs.add(made.refs());
            made.opening().ifPresent(openings::add);
        }
        ledger.sending(sign(lines), refs, openings);
        return resume().orElseThrow();
    }

    /** Sends the batch that was written and not answered, if there is one. */
    public synchronized Optional<Registered> resume() throws IOException {
        try {
            Optional<RegistrationBatch> pending = ledger.pending();
            return pending.isPresent() ? Optional.of(send(pending.get())) : Optional.empty();
        } catch (MalformedException e) {
            throw new IOException("the ledger's pending batch cannot be read: " + e.reason(), e);
        }
    }

    /** Fetches the receipt of a batch once more, checks it against the batch as it was sent, and keeps it. */
    public synchronized Registered receipt(Registered.Pending pending) throws IOException {
        UUID batchId = pending.receipt().batchId();
        try {
            RegistrationBatch batch = ledger.batch(pending.receipt().seq());
            Answer answer = channel.send(Call.get("/v1/registrations/" + batchId + "/receipt"));
            if (answer instanceof Answer.Refused refused) {
                return new Registered.Refused(refused.problem());
            }
            BatchReceipt receipt = receipt(answer);
            Registered checked = checked(receipt, batch);
            ledger.keep(receipt);
            return checked;
        } catch (MalformedException e) {
            throw new IOException("the ledger's batch cannot be read: " + e.reason(), e);
        }
    }

    /**
     * All that the hoster holds about this reseller, as JSON.
     *
     * @throws ProblemException when the gateway refuses
     */
    public String view() throws IOException {
        return channel.send(Call.get("/v1/registry-view"))
                .match(
                        granted -> new String(granted.content().array(), java.nio.charset.StandardCharsets.UTF_8),
                        refused -> {
                            throw new ProblemException(
                                    refused.problem().problem().orElse(Problem.INTERNAL),
                                    refused.problem().detail());
                        });
    }

    @Override
    public void close() throws IOException {
        channel.close();
        ledger.close();
    }

    @Override
    public String toString() {
        return "ResellerClient[" + identity.id() + "]";
    }

    private RegistrationBatch sign(List<RegistrationRecord> lines) {
        byte[] salt = new byte[RegistrationRecord.SALT_BYTES];
        random.nextBytes(salt);
        return RegistrationBatch.sign(
                identity.id(), ledger.nextSeq(), lines, documentKey, clock.instant(), Bytes.of(salt));
    }

    private Registered send(RegistrationBatch batch) throws IOException {
        Call call = Call.post("/v1/registrations", Content.of(RegistrationBatch.MEDIA_TYPE, ledger.pendingFile()))
                .with("idempotency-key", batch.digest().base64url());
        Answer answer = channel.send(call);
        if (answer instanceof Answer.Refused refused) {
            if (isFinal(refused)) {
                ledger.withdrawn();
            }
            return new Registered.Refused(refused.problem());
        }
        BatchReceipt receipt = receipt(answer);
        Registered checked = checked(receipt, batch);
        ledger.accepted(receipt);
        return checked;
    }

    /** Under the pinned log that the entry names; PENDING while it names none. */
    private Registered checked(BatchReceipt receipt, RegistrationBatch batch) throws ReceiptException {
        ReceiptCheck.Outcome outcome = ReceiptCheck.Outcome.OTHER_ENTRY;
        for (NoteKey log : logs) {
            ReceiptCheck.Outcome under = ReceiptCheck.check(receipt, batch, log);
            outcome = under == ReceiptCheck.Outcome.OTHER_ENTRY ? outcome : under;
        }
        if (outcome == ReceiptCheck.Outcome.PROVEN) {
            return new Registered.Proven(receipt);
        }
        if (outcome == ReceiptCheck.Outcome.PENDING) {
            return new Registered.Pending(receipt);
        }
        throw new ReceiptException(outcome);
    }

    /** Whether the refusal is about this batch for good; anything else may pass when it is sent again. */
    private static boolean isFinal(Answer.Refused refused) {
        ProblemDetails problem = refused.problem();
        boolean passing = problem.status() >= FIRST_SERVER_ERROR
                || problem.status() == UNAUTHORIZED
                || problem.status() == TOO_MANY
                || problem.problem().filter(Problem.IN_PROGRESS::equals).isPresent();
        return refused.bound() && !passing;
    }

    private static BatchReceipt receipt(Answer answer) throws IOException {
        byte[] json = answer.match(granted -> granted.content().array(), refused -> new byte[0]);
        try {
            return Wire.read(json, BatchReceipt.class);
        } catch (MalformedException e) {
            throw new IOException("the gateway's receipt cannot be read: " + e.reason(), e);
        }
    }

    /** In random order, so that neighbours in the batch tell nothing. */
    private List<Vps> shuffled(List<Vps> machines) {
        long assets = machines.stream().map(Vps::asset).distinct().count();
        if (assets < machines.size()) {
            throw new IllegalArgumentException(
                    "each machine once in a call: its changes are registered in their order");
        }
        List<Vps> shuffled = new ArrayList<>(machines);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static List<NoteKey> logs(ChannelConfiguration settings) throws MalformedException {
        List<NoteKey> logs = new ArrayList<>();
        for (String key : settings.logKeys()) {
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
