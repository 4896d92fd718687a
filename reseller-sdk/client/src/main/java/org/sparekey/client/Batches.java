// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.channel.Answer;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.registration.BatchHeader;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.HandOverRelease;
import org.sparekey.protocol.registration.LineVerdict;
import org.sparekey.protocol.registration.ReceiptCheck;
import org.sparekey.protocol.registration.RegistrationBatch;
import org.sparekey.protocol.registration.RegistrationHead;
import org.sparekey.protocol.registration.RegistrationLine;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.protocol.tree.NoteKey;

/** Makes batches, sends them, and believes an answer only when the receipt holds. */
final class Batches {

    private static final String PATH = "/v1/registrations";

    private final String reseller;
    private final SigningKey documentKey;
    private final List<NoteKey> logs;
    private final Exchange exchange;
    private final HosterViews views;
    private final Ledger ledger;
    private final RecordMaker records;
    private final ClientSettings settings;

    Batches(
            String reseller,
            SigningKey documentKey,
            List<NoteKey> logs,
            Exchange exchange,
            Ledger ledger,
            RecordMaker records,
            ClientSettings settings) {
        this.reseller = reseller;
        this.documentKey = documentKey;
        this.logs = List.copyOf(logs);
        this.exchange = exchange;
        this.views = new HosterViews(exchange);
        this.ledger = ledger;
        this.records = records;
        this.settings = settings;
    }

    /** Sends what an earlier run left unanswered, then these machines; each once, in random order. */
    Registered register(List<Vps> machines) throws IOException {
        resume();
        List<RecordMaker.Made> lines = new ArrayList<>();
        for (Vps vps : shuffled(machines)) {
            lines.add(records.make(vps, ledger.asset(vps.asset())));
        }
        return send(lines);
    }

    Registered move(String address, Vps from, Vps to) throws IOException {
        resume();
        return send(List.of(records.move(address, from, ledger.asset(from.asset()), to, ledger.asset(to.asset()))));
    }

    /**
     * Signs that a machine is another reseller's from then on; asked again the same, gives what was signed. What is pending
     * goes first: it may end the machine or give it another tenancy.
     *
     * @param from empty = now, or what was signed for this receiver before
     */
    String release(String asset, String receiver, Optional<Instant> from) throws IOException {
        resume();
        AssetRefs refs = ledger.asset(asset)
                .filter(AssetRefs::isHere)
                .orElseThrow(() -> new IllegalArgumentException("only a registered machine is handed over"));
        Optional<String> signed = refs.released().isPresent() ? signedBefore(refs, receiver, from) : Optional.empty();
        return signed.isPresent()
                ? signed.get()
                : sign(refs, receiver, from.orElseGet(() -> settings.clock().instant()));
    }

    private String sign(AssetRefs refs, String receiver, Instant from) throws IOException {
        Instant at = from.truncatedTo(ChronoUnit.MILLIS);
        HandOverRelease release = records.release(reseller, receiver, refs, at);
        String compact = SignedDocument.sign(HandOverRelease.TYPE, Wire.write(release), documentKey, at)
                .compact();
        ledger.handedOver(refs.released(at), compact);
        return compact;
    }

    private Optional<String> signedBefore(AssetRefs refs, String receiver, Optional<Instant> from) throws IOException {
        Optional<String> kept = ledger.release(refs);
        try {
            if (kept.isEmpty()) {
                return kept;
            }
            HandOverRelease release = HandOverRelease.read(SignedDocument.parse(kept.get()));
            boolean same = release.receiver().equals(receiver)
                    && from.map(at -> at.truncatedTo(ChronoUnit.MILLIS).equals(release.at()))
                            .orElse(true);
            return same ? kept : Optional.empty();
        } catch (MalformedException e) {
            throw new IOException("a release cannot be read: " + e.reason(), e);
        }
    }

    Registered takeOver(Vps vps, String release, boolean sameCustomer) throws IOException {
        resume();
        try {
            SignedDocument document = SignedDocument.parse(release);
            return send(List.of(records.takeOver(vps, HandOverRelease.read(document), document, sameCustomer)));
        } catch (MalformedException e) {
            throw new IllegalArgumentException("not a release: " + e.reason(), e);
        }
    }

    private Registered send(List<RecordMaker.Made> lines) throws IOException {
        List<LineRefs> refs = new ArrayList<>();
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            for (AssetRefs one : lines.get(i).refs()) {
                refs.add(new LineRefs(i, one));
            }
            openings.addAll(lines.get(i).openings());
        }
        ledger.sending(sign(lines.stream().map(RecordMaker.Made::line).toList()), refs, openings);
        return resume().orElseThrow();
    }

    /** The answer to the pending batch, if there is one. */
    Optional<Registered> resume() throws IOException {
        try {
            Optional<RegistrationBatch> pending = ledger.pending();
            return pending.isPresent() ? Optional.of(send(pending.get())) : Optional.empty();
        } catch (MalformedException e) {
            throw unreadable(e);
        }
    }

    /** Asks for the proof of a batch that had none, and keeps it. */
    Registered prove(long seq) throws IOException {
        try {
            BatchReceipt held = ledger.receipt(seq).orElseThrow(() -> new IOException("no receipt of batch " + seq));
            Answer answer = exchange.send(Call.get(PATH + "/" + held.batchId() + "/receipt"));
            if (answer instanceof Answer.Refused refused) {
                return new Registered.Refused(refused.problem());
            }
            byte[] json = content(answer);
            BatchReceipt receipt = receipt(json);
            if (!proven(receipt, json, ledger.batch(seq))) {
                return new Registered.Pending(receipt, List.of());
            }
            ledger.proven(receipt);
            return new Registered.Proven(receipt, List.of());
        } catch (MalformedException e) {
            throw unreadable(e);
        }
    }

    /** Whether a kept receipt holds, by what lies here alone: no network. */
    ReceiptCheck.Outcome check(long seq) throws IOException {
        try {
            BatchReceipt held = ledger.receipt(seq).orElseThrow(() -> new IOException("no receipt of batch " + seq));
            return outcome(held, ledger.batch(seq));
        } catch (MalformedException e) {
            throw unreadable(e);
        }
    }

    private RegistrationBatch sign(List<RegistrationLine> lines) {
        byte[] salt = new byte[RegistrationRecord.SALT_BYTES];
        settings.random().nextBytes(salt);
        return RegistrationBatch.sign(
                reseller, ledger.nextSeq(), lines, documentKey, settings.clock().instant(), Bytes.of(salt));
    }

    private Registered send(RegistrationBatch batch) throws IOException, MalformedException {
        Call call = Call.post(PATH, Content.of(RegistrationBatch.MEDIA_TYPE, ledger.pendingFile()))
                .with("idempotency-key", batch.digest().base64url());
        Answer answer = exchange.send(call);
        if (answer instanceof Answer.Refused refused) {
            if (isHeld(batch)) {
                throw new GatewayException.Refused(refused.problem(), false, Optional.empty());
            }
            ledger.withdrawn();
            return new Registered.Refused(refused.problem());
        }
        byte[] json = content(answer);
        BatchReceipt receipt = receipt(json);
        boolean proven = proven(receipt, json, batch);
        List<RefusedMachine> bad = refused(receipt.verdicts(), ledger.pendingRefs());
        ledger.accepted(receipt, proven);
        return proven ? new Registered.Proven(receipt, bad) : new Registered.Pending(receipt, bad);
    }

    /**
     * Whether the gateway took the batch when it came before, and the answer was lost: then its number is not free, whatever
     * the gateway says of it now. Where this cannot be asked the batch stays pending.
     */
    private boolean isHeld(RegistrationBatch batch) throws IOException, MalformedException {
        long seq = batch.header().read(BatchHeader.TYPE, BatchHeader.class).seq();
        RegistrationHead head = views.head();
        return head.seq() == seq && head.batchDigest().equals(Optional.of(batch.digest()));
    }

    /** Whether the receipt is proven; false while it waits for its checkpoint. */
    private boolean proven(BatchReceipt receipt, byte[] json, RegistrationBatch batch)
            throws IOException, MalformedException {
        ReceiptCheck.Outcome outcome = outcome(receipt, batch);
        if (outcome != ReceiptCheck.Outcome.PROVEN && outcome != ReceiptCheck.Outcome.PENDING) {
            ledger.keepFailing(
                    batch.header().read(BatchHeader.TYPE, BatchHeader.class).seq(), json);
            throw new GatewayException.ReceiptFails(outcome);
        }
        return outcome == ReceiptCheck.Outcome.PROVEN;
    }

    /** Under the pinned log that the entry names. */
    private ReceiptCheck.Outcome outcome(BatchReceipt receipt, RegistrationBatch batch) {
        ReceiptCheck.Outcome outcome = ReceiptCheck.Outcome.OTHER_ENTRY;
        for (NoteKey log : logs) {
            ReceiptCheck.Outcome under = ReceiptCheck.check(receipt, batch, log);
            outcome = under == ReceiptCheck.Outcome.OTHER_ENTRY ? outcome : under;
        }
        return outcome;
    }

    private static List<RefusedMachine> refused(List<LineVerdict> verdicts, List<LineRefs> refs) {
        List<RefusedMachine> bad = new ArrayList<>();
        for (LineRefs one : refs) {
            LineVerdict verdict = verdicts.get(one.index());
            if (!verdict.accepted()) {
                bad.add(new RefusedMachine(
                        one.refs().asset(),
                        verdict.line(),
                        verdict.code().orElse(""),
                        verdict.pointer().orElse("")));
            }
        }
        return bad;
    }

    private static byte[] content(Answer answer) {
        return answer.match(granted -> granted.content().array(), refused -> new byte[0]);
    }

    private static BatchReceipt receipt(byte[] json) {
        try {
            return Wire.read(json, BatchReceipt.class);
        } catch (MalformedException e) {
            throw new GatewayException.Unreadable("the receipt: " + e.reason(), e);
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
        Collections.shuffle(shuffled, settings.random());
        return shuffled;
    }

    private static IOException unreadable(MalformedException e) {
        return new IOException("the ledger cannot be read: " + e.reason(), e);
    }
}
