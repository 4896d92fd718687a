// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.gateway.Rooms;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.orders.HeldDisks;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Joined;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.parties.Role;
import org.sparekey.gateway.registry.RegisteredMachines;
import org.sparekey.gateway.registry.Registry;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.deletion.DeletionAnswer;
import org.sparekey.protocol.deletion.DeletionPermit;
import org.sparekey.protocol.deletion.DeletionQuestion;
import org.sparekey.protocol.deletion.DeletionReport;
import org.sparekey.protocol.deletion.DeletionRequest;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.joint.BulkDeletion;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.testkit.world.Actor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;

/** The room on a real database, log and registry. What is held a test says; who holds it is the orders' business. */
final class DeletionsStage implements AutoCloseable {

    static final int USUAL = 3;
    static final int GRACE = 14;
    static final Duration PERMIT = Duration.ofMinutes(10);

    final RegisteredMachines machines;
    final Rooms rooms;
    final HeldDisks held;
    final Actor panel;
    Deletions room;

    private final SecureRandom random = new SecureRandom();

    DeletionsStage(Path directory) {
        this.machines = new RegisteredMachines(directory);
        this.rooms = machines.rooms();
        this.held = new HeldDisks(rooms.jdbc(), rooms.clock());
        this.panel = Joined.newcomer(rooms.world().cast().hosterCa(), "hoster", "panel");
        join(panel, Role.OPERATOR);
        rooms.world().cast().officers().forEach(officer -> join(officer, Role.OFFICER));
        this.room = open(_ -> {});
    }

    private void join(Actor actor, Role role) {
        TransactionOperations transactions = rooms.bean(TransactionOperations.class);
        Joined.join(rooms.jdbc(), log(), transactions, actor, role);
    }

    /** The room once more, on the same tables; dying where a test wants it to. */
    Deletions open(Failpoint failpoint) {
        return new DeletionsConfiguration()
                .deletions(
                        rooms.bean(Parties.class),
                        rooms.bean(Idempotency.class),
                        rooms.bean(RefusalEntries.class),
                        rooms.bean(Registry.class),
                        rooms.bean(Inventory.class),
                        held.holds(),
                        rooms.bean(Keys.class),
                        log(),
                        new DeletionsSettings(GRACE, USUAL, PERMIT),
                        rooms.jdbc(),
                        rooms.bean(PlatformTransactionManager.class),
                        rooms.bean(InstantSource.class),
                        rooms.bean(SecureRandom.class),
                        failpoint);
    }

    AuditLog log() {
        return rooms.bean(AuditLog.class);
    }

    Instant now() {
        return rooms.clock().instant();
    }

    void pass(Duration time) {
        rooms.clock().set(now().plus(time));
    }

    /** To the midnight at which it is gone. */
    void graceEnds(DeletionAnswer deletion) {
        rooms.clock().set(deletion.deletedOn());
    }

    // People

    Actor reseller() {
        return rooms.world().cast().reseller();
    }

    static Caller caller(Actor actor, Role role) {
        return new Caller(
                new PartyId(actor.party()),
                actor.person(),
                role,
                actor.message().keyId());
    }

    Caller panelCaller() {
        return caller(panel, Role.OPERATOR);
    }

    // Acts

    byte[] request(Actor by, DeletedAsset asset) {
        return request(by, by.party(), asset, now());
    }

    byte[] request(Actor by, String party, DeletedAsset asset, Instant terminatedAt) {
        return ascii(DeletionRequest.sign(party, asset, terminatedAt, by.document(), now(), salt()));
    }

    DeletionAnswer terminate(DeletedAsset asset) {
        return room.request(caller(reseller(), Role.RESELLER), request(reseller(), asset), key());
    }

    DeletionPermit ask(DeletionAnswer deletion) {
        return ask(deletion.deletionId());
    }

    DeletionPermit ask(String deletion) {
        Bytes salt = salt();
        byte[] question = Wire.write(new DeletionQuestion(DeletionQuestion.VERSION, DeletionQuestion.TYPE, salt));
        SignedDocument answer = room.ask(panelCaller(), deletion, question);
        if (!answer.verifiedBy(rooms.bean(Keys.class).statement().publicKey())) {
            throw new AssertionError("not the gateway's signature");
        }
        try {
            DeletionPermit permit = answer.read(DeletionPermit.TYPE, DeletionPermit.class);
            if (!permit.question().equals(salt)) {
                throw new AssertionError("an answer to another question");
            }
            return permit;
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    byte[] reported(DeletionAnswer deletion, int attempt, DeletionReport.Outcome outcome) {
        DeletionReport report = new DeletionReport(
                DeletionReport.VERSION, DeletionReport.TYPE, deletion.deletionId(), attempt, outcome, now(), salt());
        return ascii(SignedDocument.sign(DeletionReport.TYPE, Wire.write(report), panel.document(), now()));
    }

    void report(DeletionAnswer deletion, int attempt, DeletionReport.Outcome outcome) {
        room.report(panelCaller(), deletion.deletionId(), reported(deletion, attempt, outcome));
    }

    byte[] bulk(String group, List<String> deletions, Actor... signers) {
        List<Actor> officers = rooms.world().cast().officers();
        BulkDeletion said = new BulkDeletion(
                BulkDeletion.VERSION,
                BulkDeletion.TYPE,
                group,
                deletions,
                "a whole node is taken out of use",
                officers.stream().map(Actor::person).toList(),
                now(),
                salt());
        JointStatement joint = JointStatement.of(said);
        for (Actor signer : signers) {
            joint = joint.signedBy(signer.document(), said);
        }
        return joint.bytes();
    }

    Caller officer() {
        return caller(rooms.world().cast().officer1(), Role.OFFICER);
    }

    /** Types of the entries of the deletion's case, in order. */
    List<String> entries(DeletionAnswer deletion) {
        return log().ofCase(deletion.deletionId()).stream()
                .map(EntryText::parsed)
                .map(entry -> entry.type())
                .toList();
    }

    static LocatedAsset located(DeletedAsset asset) {
        return new LocatedAsset(
                asset.cluster(),
                asset.uuid().orElseThrow(),
                asset.vmId().orElseThrow(),
                asset.vpsRef().orElseThrow(),
                "tenancy",
                Optional.empty());
    }

    static String key() {
        return UUID.randomUUID().toString();
    }

    private Bytes salt() {
        byte[] salt = new byte[DeletionRequest.SALT_BYTES];
        random.nextBytes(salt);
        return Bytes.of(salt);
    }

    private static byte[] ascii(SignedDocument document) {
        return document.compact().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        machines.close();
    }
}
