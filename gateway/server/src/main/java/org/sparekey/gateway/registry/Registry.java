// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.RegistrationHead;

/**
 * Which asset belongs to which pseudonym, since when, and since when we know. Nothing is ever erased here, so a hold has
 * nothing to prevent and leaves no trace a reseller could see.
 */
public final class Registry {

    /** How long an answer waits for its index in the log before the receipt is given without its proof. */
    public static final Duration RECEIPT_WAIT = Duration.ofSeconds(2);

    /** 9-formats: unless the order gives another. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(2);

    private final Registrar registrar;
    private final Receipts receipts;
    private final Locator locator;
    private final Parties parties;
    private final Inventory inventory;
    private final Tables tables;
    private final AuditLog log;
    private final Machines machines;

    Registry(
            Registrar registrar,
            Receipts receipts,
            Locator locator,
            Parties parties,
            Inventory inventory,
            Tables tables,
            AuditLog log) {
        this.registrar = registrar;
        this.receipts = receipts;
        this.locator = locator;
        this.parties = parties;
        this.inventory = inventory;
        this.tables = tables;
        this.log = log;
        this.machines = new Machines(inventory, tables);
    }

    /**
     * Takes a signed batch in and answers with a receipt. The same batch gets the same verdicts for ever.
     *
     * @param batch NDJSON; read once, line by line, while a transaction is open: spooled, never straight from a network
     * @throws org.sparekey.protocol.problem.ProblemException for an Idempotency-Key used for another batch
     */
    public Registration register(Caller reseller, InputStream batch, String idempotencyKey) throws IOException {
        return switch (registrar.register(reseller, batch, idempotencyKey)) {
            case Registrar.Outcome.Refused refused -> new Registration.Refused(refused.problem(), refused.detail());
            case Registrar.Outcome.Stored stored -> {
                log.await(stored.batch().leafHash(), RECEIPT_WAIT);
                yield receipts.of(stored.batch())
                        .<Registration>map(Registration.Receipted::new)
                        .orElseGet(() -> new Registration.Refused(
                                Problem.CONFLICT,
                                "taken in before, and erased since: the receipt you have stays good"));
            }
        };
    }

    /** The receipt of one of the caller's own batches, with its proof as soon as there is one. */
    public Optional<BatchReceipt> receipt(Caller reseller, UUID batchId) {
        return tables.batches()
                .find(batchId)
                .filter(batch -> batch.reseller().equals(reseller.party()))
                .flatMap(receipts::of);
    }

    /** The caller's last batch, so that he notices one that was dropped, or that another sent with his keys. */
    public RegistrationHead head(Caller reseller) {
        Optional<BatchTable.Batch> last = tables.batches().last(reseller.party());
        return new RegistrationHead(
                1,
                RegistrationHead.TYPE,
                reseller.party().value(),
                last.map(BatchTable.Batch::seq).orElse(0L),
                last.map(BatchTable.Batch::digest),
                last.map(BatchTable.Batch::recordedAt));
    }

    /** What the hoster holds about the caller. */
    public ResellerView view(Caller reseller) {
        return new ResellerView(
                1,
                ResellerView.TYPE,
                parties.reseller(reseller.party()).orElseThrow(),
                inventory.assignments(reseller.party()).stream()
                        .map(one ->
                                new ResellerView.HeldAssignment(one.kind().name(), one.value(), one.from(), one.to()))
                        .toList(),
                batches(reseller),
                tables.registrations().held(reseller.party()));
    }

    /**
     * Resolves the target at the asked instant to one asset, once, and follows that asset to now.
     *
     * @param asked when the target was seen
     * @param knownAt now, or the instant as of which an earlier answer is given again
     * @param orderReceivedAt rows recorded later never lift the answer, but may stop it
     */
    public Located locate(Target target, TimeWindow asked, Instant knownAt, Instant orderReceivedAt) {
        return locator.locate(target, asked, knownAt, orderReceivedAt, CLOCK_SKEW);
    }

    /**
     * Which tenancy is registered on a located asset at this moment: asked again before an approval is used, because the
     * tenant may have changed since the target was located. Empty when the asset has ended.
     */
    public Optional<String> tenancy(LocatedAsset asset, Instant now) {
        return History.of(tables.registrations().of(List.of(asset.vpsRef()), now))
                .at(asset.vpsRef(), now)
                .filter(row -> !row.ended())
                .map(row -> row.record().tenancyRef());
    }

    /**
     * The one machine that these identifiers name together, also when its end is registered. Empty when they name none, several,
     * or another reseller's: which of it, is not told.
     *
     * @param owner whose it must be; empty for whoever may name everybody's
     * @param gone when it was terminated, which tells two bearers of one number apart
     */
    public Optional<Machine> machine(DeletedAsset asset, Optional<PartyId> owner, Instant gone) {
        return machines.named(asset, owner, gone);
    }

    /** The machine of this reference as it is registered now. */
    public Optional<Machine> machine(String vpsRef) {
        return machines.of(vpsRef);
    }

    /** Whether an address as an order writes it was ever registered for this machine. */
    public boolean everHad(String vpsRef, String address) {
        return machines.everHad(vpsRef, address);
    }

    private List<ResellerView.HeldBatch> batches(Caller reseller) {
        return tables.batches().of(reseller.party()).stream()
                .map(batch -> new ResellerView.HeldBatch(
                        batch.id(), batch.seq(), batch.digest(), batch.leafHash(), batch.recordedAt()))
                .toList();
    }
}
