// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.RefusalGround;
import org.sparekey.protocol.approval.RefusalReason;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.world.Actor;

/** The two officers at work: they read what there is to sign for, sign it and send it. */
final class OfficerDesks {

    /** Whenever one of them refuses. */
    static final RefusalReason REASON = new RefusalReason(
            RefusalReason.VERSION,
            RefusalReason.TYPE,
            RefusalGround.UNCLEAR,
            "which of the two machines is meant",
            Bytes.of(new byte[RefusalReason.SALT_BYTES]));

    private final OrdersFixture fixture;

    OfficerDesks(OrdersFixture fixture) {
        this.fixture = fixture;
    }

    OrderStatus approve(int officer, OrderId id, Decision decision) {
        return send(officer, id, approval(officer, id, decision));
    }

    OrderStatus send(int officer, OrderId id, Approval approval) {
        long version = fixture.orders.status(id).version();
        if (refuses(approval)) {
            fixture.orders.refuse(
                    fixture.officer(officer), id, Wire.write(approval), REASON, version, OrdersFixture.key());
        } else {
            fixture.orders.approve(fixture.officer(officer), id, Wire.write(approval), version, OrdersFixture.key());
        }
        return fixture.orders.status(id);
    }

    static boolean refuses(Approval approval) {
        try {
            return approval.read().decision() == Decision.REFUSE;
        } catch (MalformedException e) {
            return false;
        }
    }

    Approval approval(int officer, OrderId id, Decision decision) {
        ApprovalBasis basis = fixture.orders.approvalBasis(fixture.officer(officer), id);
        return sign(
                fixture.world.cast().officers().get(officer - 1),
                basis,
                decision,
                fixture.now().plus(Duration.ofHours(8)));
    }

    Approval sign(Actor officer, ApprovalBasis basis, Decision decision, Instant expiry) {
        return sign(officer, basis, decision, expiry, Optional.empty());
    }

    /** @param delegation by which he fills an officer's seat */
    Approval sign(Actor officer, ApprovalBasis basis, Decision decision, Instant expiry, Optional<Digest> delegation) {
        ApprovalStatement statement = new ApprovalStatement(
                ApprovalStatement.VERSION,
                ApprovalStatement.TYPE,
                basis.orderDigest(),
                basis.verifiedLeaf(),
                basis.matrixRow(),
                basis.matrixVersion(),
                basis.asset(),
                basis.diskIds(),
                basis.configurationHash(),
                basis.recipients(),
                basis.captureMemory(),
                basis.copy(),
                decision,
                decision == Decision.REFUSE ? Optional.of(REASON.digest()) : Optional.empty(),
                officer.person(),
                delegation,
                bytes(ApprovalStatement.NONCE_BYTES),
                fixture.now(),
                expiry,
                bytes(ApprovalStatement.SALT_BYTES));
        return Approval.sign(statement, officer.document());
    }

    private Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        fixture.random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
