// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.deletions.DeletionDecisions.Answer;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.orders.Hold;
import org.sparekey.gateway.orders.Holds;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.registry.Machine;
import org.sparekey.gateway.registry.Registry;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.deletion.DeletionPermit;
import org.sparekey.protocol.deletion.DeletionPermit.Act;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.registration.AssetKind;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * May this disk really be deleted now? The intent is entered first; it is handed out when a checkpoint that counts holds the
 * entry, and only if the same answer still holds then. Whoever dies in between asks again.
 */
final class Permits {

    /** How long one question waits for its intent's checkpoint before it is told to ask again. */
    static final Duration PROOF_WAIT = Duration.ofSeconds(2);

    /** When to ask again for what is entered and not proven yet. */
    static final Duration SOON = Duration.ofSeconds(10);

    private final Registry registry;
    private final Inventory inventory;
    private final Holds holds;
    private final AuditLog log;
    private final DeletionTable deletions;
    private final AttemptTable attempts;
    private final DeletionCase cases;
    private final SigningKey statementKey;
    private final DeletionsSettings settings;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Failpoint failpoint;

    Permits(
            Registry registry,
            Inventory inventory,
            Holds holds,
            AuditLog log,
            DeletionTable deletions,
            AttemptTable attempts,
            DeletionCase cases,
            SigningKey statementKey,
            DeletionsSettings settings,
            TransactionTemplate transaction,
            InstantSource clock,
            Failpoint failpoint) {
        this.registry = registry;
        this.inventory = inventory;
        this.holds = holds;
        this.log = log;
        this.deletions = deletions;
        this.attempts = attempts;
        this.cases = cases;
        this.statementKey = statementKey;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
        this.failpoint = failpoint;
    }

    /** What is told now, and of whom. */
    private record Told(Deletion row, Answer answer) {}

    /**
     * The signed answer.
     *
     * @param question the salt that was asked with
     * @throws ProblemException CONFLICT when it is over, or the row is behind its log
     */
    SignedDocument ask(Caller caller, DeletionId id, Bytes question) {
        Told told = decide(caller, id);
        failpoint.reached("deletions.decided");
        if (told.answer() instanceof Answer.Same(Permit permit)
                && log.await(permit.entry(), PROOF_WAIT).isPresent()) {
            // Something may have come to hold it while the checkpoint was waited for.
            Told again = decide(caller, id);
            if (again.answer().equals(told.answer())) {
                return sign(again, permit.act(), permit.attempt(), permit.until(), question);
            }
        }
        Instant until = told.answer() instanceof Answer.NotYet(Instant later)
                ? later
                : clock.instant().plus(SOON);
        return sign(told, Act.NOT_YET, 0, until, question);
    }

    private Told decide(Caller caller, DeletionId id) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            Deletion row = deletions.lock(id).orElseThrow(Permits::unknown);
            if (!cases.level(row)) {
                throw new ProblemException(Problem.CONFLICT, "restored-behind-log: nothing is permitted");
            }
            Machine machine = registry.machine(row.vpsRef()).orElseThrow();
            Set<Hold> held = holds.ofDisks(machine.faces(), target -> registry.everHad(row.vpsRef(), target));
            Answer answer = DeletionDecisions.ask(
                    row.state(),
                    new DeletionDecisions.Facts(
                            row.deletedOn(),
                            row.group().isPresent(),
                            !held.isEmpty(),
                            running(row.asset(), machine.faces()),
                            nobodysAlone(row.asset(), machine),
                            settings.permitTime().dividedBy(2)),
                    clock.instant());
            return switch (answer) {
                case Answer.Give(Act act) -> new Told(row, new Answer.Same(give(caller, row, act, held)));
                case Answer.Over _ -> throw new ProblemException(Problem.CONFLICT, "it is destroyed");
                case Answer.NotYet _, Answer.Same _ -> new Told(row, answer);
            };
        }));
    }

    /** Behind the commit the intent stands in the log, and nobody has it yet. */
    private Permit give(Caller caller, Deletion row, Act act, Set<Hold> held) {
        int number = attempts.next(row.id());
        Map<String, String> clear = Map.of("act", act.name(), "attempt", Integer.toString(number));
        Actor actor = new Actor(caller.role().name(), Optional.of(caller.messageKeyId()));
        Digest entry = cases.enter(row, DeletionStatement.PERMITTED, actor, clear, intent(row, clear, held));
        Permit permit = new Permit(number, act, entry, clock.instant().plus(settings.permitTime()));
        attempts.give(row.id(), permit);
        deletions.state(row.id(), new DeletionState.Permitted(permit));
        return permit;
    }

    private static byte[] intent(Deletion row, Map<String, String> clear, Set<Hold> held) {
        return Wire.write(Map.of(
                "deletion",
                row.id().code(),
                "request",
                row.entry().base64url(),
                "act",
                String.valueOf(clear.get("act")),
                "attempt",
                String.valueOf(clear.get("attempt")),
                "heldBy",
                held.stream().map(hold -> hold.order().code()).sorted().collect(Collectors.joining(" "))));
    }

    /** A machine that runs was not terminated, or is a later one under its number: what the permit names is never one that runs. */
    private boolean running(DeletedAsset asset, List<LocatedAsset> faces) {
        return inventory.running().stream()
                .filter(guest -> guest.running() && guest.cluster().equals(asset.cluster()))
                .anyMatch(guest -> asset.vmId().equals(Optional.of(guest.vmId()))
                        || faces.stream()
                                .map(LocatedAsset::uuid)
                                .anyMatch(uuid -> !uuid.isEmpty() && uuid.equals(guest.uuid())));
    }

    private static boolean nobodysAlone(DeletedAsset asset, Machine machine) {
        boolean named = asset.uuid().isPresent() || asset.vmId().isPresent();
        return !named || machine.last().assetKind() == AssetKind.SHARED_HOST;
    }

    private SignedDocument sign(Told told, Act act, int attempt, Instant until, Bytes question) {
        DeletionPermit permit = new DeletionPermit(
                DeletionPermit.VERSION,
                DeletionPermit.TYPE,
                told.row().id().code(),
                told.row().asset(),
                act,
                attempt,
                until,
                question);
        return SignedDocument.sign(DeletionPermit.TYPE, Wire.write(permit), statementKey, clock.instant());
    }

    static ProblemException unknown() {
        return new ProblemException(Problem.NOT_FOUND, "no such deletion");
    }
}
