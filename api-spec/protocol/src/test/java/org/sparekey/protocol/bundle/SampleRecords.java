// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.ApprovalReference;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.CapturedVolume;
import org.sparekey.protocol.evidence.IsolationObservation;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.evidence.ToolVersion;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Addressee;
import org.sparekey.protocol.order.Assurance;
import org.sparekey.protocol.order.Capacity;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.LegalBasis;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.Secrecy;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TargetFormat;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.order.ValidatorReference;

/** The good documents of {@link SampleCase}, before anybody signs or changes them. */
final class SampleRecords {

    private SampleRecords() {}

    static OrderDocument order(String gatewayOrigin) {
        return new OrderDocument(
                1,
                OrderDocument.TYPE,
                SampleCase.ORDER,
                OrderKind.SNAPSHOT_COPY,
                new Addressee("Voorbeeldhost B.V.", gatewayOrigin, Capacity.PROCESSOR),
                new LegalBasis("NL-126ng2", Matrix.newest()),
                new Issuer(SampleCase.AUTHORITY, "P-1", "PROSECUTOR", "NL"),
                Optional.of(new ValidatorReference(SampleCase.COURT, "JUDGE", "RC-2026-17", SampleCase.at(-10))),
                "case 1",
                new Target(
                        TargetFormat.ADDRESS,
                        "192.0.2.7",
                        Optional.empty(),
                        Optional.empty(),
                        new TimeWindow(SampleCase.at(-600), SampleCase.at(-600))),
                new Scope(List.of(Category.CONTENT), SampleCase.at(-6000), SampleCase.at(0), List.of(), false),
                Urgency.NORMAL,
                SampleCase.at(100_000),
                new Secrecy("SECRET", Optional.empty(), false),
                "team-1",
                Optional.empty(),
                List.of(),
                SampleCase.salt(1));
    }

    static ApprovalStatement statement(
            SignedDocument order, Digest verified, String officer, Decision decision, int second) {
        return new ApprovalStatement(
                1,
                ApprovalStatement.TYPE,
                order.digest(),
                verified,
                "NL-126ng2",
                Matrix.newest(),
                asset(),
                List.of("/images/a.raw"),
                SampleCase.digest("configuration"),
                List.of(SampleCase.digest("recipient 1"), SampleCase.digest("recipient 2")),
                false,
                decision,
                Optional.empty(),
                officer,
                Bytes.of(new byte[ApprovalStatement.NONCE_BYTES]),
                SampleCase.at(second),
                SampleCase.at(second + 1000),
                SampleCase.salt(second));
    }

    static ApprovalStatement refusal(SignedDocument order, Digest verified, String officer, int second) {
        ApprovalStatement yes = statement(order, verified, officer, Decision.RELEASE, second);
        return new ApprovalStatement(
                yes.v(),
                yes.type(),
                yes.orderDigest(),
                yes.verifiedLeaf(),
                yes.matrixRow(),
                yes.matrixVersion(),
                yes.asset(),
                yes.diskIds(),
                yes.configurationHash(),
                yes.recipients(),
                yes.captureMemory(),
                yes.copy(),
                Decision.REFUSE,
                Optional.of(SampleCase.digest("reason")),
                officer,
                yes.nonce(),
                yes.time(),
                yes.expiry(),
                yes.salt());
    }

    private static List<ApprovalReference> references(List<Approval> approvals) {
        List<ApprovalReference> references = new ArrayList<>();
        for (Approval approval : approvals) {
            references.add(new ApprovalReference(number(approval), approval.digest()));
        }
        return references;
    }

    private static String number(Approval approval) {
        try {
            return approval.read().officer();
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    static Manifest manifest(
            SignedDocument order, List<Approval> approvals, Digest intent, Digest ticketDigest, Assurance assurance) {
        CapturedVolume volume = new CapturedVolume(0, 0, 4096, SampleCase.digest("volume"), 512);
        CapturedDisk disk = new CapturedDisk(
                0,
                "vda",
                "/images/a.raw",
                "raw",
                4096,
                1,
                4096,
                4096,
                SampleCase.digest("image"),
                SampleCase.digest("tree"),
                List.of(volume));
        return new Manifest(
                1,
                Manifest.TYPE,
                SampleCase.ORDER,
                order.digest(),
                references(approvals),
                1,
                intent,
                ticketDigest,
                asset(),
                Manifest.HOSTER,
                SampleCase.digest("configuration"),
                SampleCase.digest("configuration"),
                SampleCase.at(25),
                SampleCase.at(26),
                "age1example",
                List.of(SampleCase.digest("recipient 1"), SampleCase.digest("recipient 2")),
                List.of(disk),
                List.of(new ToolVersion("zstd-jni", "1.5.7")),
                List.of(new IsolationObservation("stop-events", true, Map.of("count", "0"), "No guest stopped.")),
                Optional.of(assurance),
                SampleCase.salt(4));
    }

    static Manifest inCustody(Manifest m, String custody) {
        return new Manifest(
                m.v(),
                m.type(),
                m.orderId(),
                m.orderDigest(),
                m.approvals(),
                m.attempt(),
                m.intentLeaf(),
                m.ticketDigest(),
                m.asset(),
                custody,
                m.configurationBefore(),
                m.configurationAfter(),
                m.pointInTime(),
                m.finishedAt(),
                m.ageRecipient(),
                m.recipients(),
                m.disks(),
                m.tools(),
                m.observations(),
                m.assurance(),
                m.salt());
    }

    static LocatedAsset asset() {
        return new LocatedAsset(
                "ams1", "00000000-0000-4000-8000-000000000101", "101", "vps-1", "ten-1", Optional.of("node1"));
    }
}
