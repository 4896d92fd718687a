// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.sparekey.protocol.evidence.Acknowledgement;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.witness.Cosigner;

/** The good sample and the bad ones that must come to exit code 5. */
final class TamperedSamples {

    private static final List<String> PARTS = List.of("/entry", "/proof", "/opening", "/payload");

    private final BundleVectors out;
    private final SampleCase good;

    TamperedSamples(BundleVectors out, SampleCase good) {
        this.out = out;
        this.good = good;
    }

    void write() throws IOException, MalformedException {
        byte[] zip = good.zip();
        out.good(zip);
        file(zip);
        log();
        outsiders();
        order();
        execution();
    }

    private void file(byte[] zip) throws IOException, MalformedException {
        byte[] flipped = zip.clone();
        flipped[zip.length / 2] ^= 1;
        out.tampered("bit-flipped", "one bit changed", Topic.CANONICAL_ZIP, flipped);
        out.tampered("trailing-byte", "a byte behind the end", Topic.CANONICAL_ZIP, Arrays.copyOf(zip, zip.length + 1));
        out.tampered("zip-compressed", "the same members in another zip", Topic.CANONICAL_ZIP, compressed(zip));
        SampleCase foreign = new SampleCase();
        foreign.outsiders.required = true;
        out.tampered("foreign-keys", "perfect, under foreign keys", Topic.BUNDLE_SIGNATURE, foreign.zip());
        out.tampered(
                "member-added",
                "a member that nobody named",
                Topic.MEMBERS,
                BundleVectors.behind(good, members -> members.put("order/another.jws", SampleCase.ascii("x"))));
        out.tampered(
                "manifest-swapped",
                "the manifest of another case, behind the gateway's signature",
                Topic.MEMBERS,
                BundleVectors.behind(
                        good,
                        members -> members.put(
                                BundleMembers.MANIFEST, good.members().get(BundleMembers.MANIFEST))));
        byte[] slipped = SampleCase.ascii("%PDF-1.7 another annex");
        out.tampered(
                "document-slipped-in",
                "a document that the order does not name, signed for by the gateway",
                Topic.DOCUMENTS,
                BundleVectors.resigned(
                        good,
                        members -> members.put(
                                BundleMembers.DOCUMENTS + Digest.sha256(slipped).hex(), slipped)));
        good.calledBack = true;
        out.tampered("call-back-claimed", "a call-back that no entry proves", Topic.CALL_BACK, good.zip());
        good.calledBack = false;
    }

    private void log() throws IOException, MalformedException {
        out.tampered(
                "entry-altered",
                "an entry of the log says something else, signed for by the gateway",
                Topic.LOG_ENTRIES,
                BundleVectors.resigned(
                        good,
                        members -> members.computeIfPresent(
                                "log/0003/entry",
                                (name, bytes) ->
                                        SampleCase.ascii(new String(bytes, java.nio.charset.StandardCharsets.US_ASCII)
                                                .replace("order.held", "order.hide")))));
        good.logSigner =
                new NoteSigner(SampleLog.ORIGIN, Digest.sha256(new byte[] {1}).array());
        out.tampered("log-key", "checkpoints of a foreign log key", Topic.LOG_ENTRIES, good.zip());
        good.logSigner = good.logKey;
        out.tampered(
                "checkpoint-forked",
                "one entry in another log of the same name, key and length",
                Topic.LOG_ENTRIES,
                BundleVectors.resigned(good, this::fork));
        out.tampered(
                "end-cut-off",
                "the last entries cut off and the state kept",
                Topic.CASE_END,
                BundleVectors.resigned(good, members -> cut(members, 2)));
    }

    private void outsiders() throws IOException {
        good.outsiders.impostor = Optional.of(new Cosigner("impostor.example/witness", new byte[32]));
        out.tampered("cosignature-forged", "another hand under a witness's name", Topic.WITNESSES, good.zip());
        good.outsiders.impostor = Optional.empty();
        good.outsiders.stamped = Optional.of(SampleCase.ascii("another checkpoint"));
        out.tampered("time-stamp-of-another", "a time-stamp over something else", Topic.TIME, good.zip());
        good.outsiders.stamped = Optional.empty();
    }

    private void order() throws IOException {
        good.signedOrder = TamperedSamples::otherSignature;
        out.tampered("order-signature", "the signature under the order is forged", Topic.ORDER_SIGNATURE, good.zip());
        good.signedOrder = bytes -> bytes;
        good.orderSigner = good.investigator;
        out.tampered("order-signer", "another person signed the order", Topic.ORDER_SIGNATURE, good.zip());
        good.orderSigner = good.prosecutor;
        good.validatorSigner = good.prosecutor;
        out.tampered("validator-signer", "the prosecutor signed for the judge", Topic.VALIDATOR_SIGNATURE, good.zip());
        good.validatorSigner = good.judge;
        good.otherwise = Map.of(CaseEntry.VERIFIED, Map.of(CaseEntry.REVOCATION, "another"));
        out.tampered(
                "revocation-otherwise", "lists that the verdict did not rest on", Topic.ORDER_SIGNATURE, good.zip());
        good.otherwise = Map.of(CaseEntry.HELD, Map.of(CaseEntry.ROW, "NL-126na"));
        out.tampered("claim-differs", "an entry names another row of the law", Topic.CLAIMS, good.zip());
        good.otherwise = Map.of();
        good.beforeRelease = List.of("order.expired");
        out.tampered("released-after-its-end", "the order had expired, and was released", Topic.COURSE, good.zip());
        good.beforeRelease = List.of();
    }

    private void execution() throws IOException {
        good.second = ExecutionAttackTest::ofAnotherOrder;
        out.tampered("approval-of-another-order", "an officer signed for another order", Topic.APPROVALS, good.zip());
        good.second = ExecutionAttackTest::byTheFirstOfficer;
        good.secondSigner = good.officer1;
        out.tampered("one-officer-twice", "one officer signed for two", Topic.APPROVALS, good.zip());
        good.second = statement -> statement;
        good.secondSigner = good.officer2;
        good.ticketSigner = good.officer1;
        out.tampered(
                "ticket-signer", "a ticket that the statement key did not sign", Topic.EXECUTION_TICKET, good.zip());
        good.ticketSigner = good.statementKey;
        good.announcedFirst = false;
        out.tampered("announced-afterwards", "the capture was announced when it was over", Topic.MANIFEST, good.zip());
        good.announcedFirst = true;
        good.acknowledgement =
                a -> new Acknowledgement(a.v(), a.type(), new UUID(1, 1), a.manifestDigest(), a.at(), a.salt());
        out.tampered("receipt-of-another", "an acknowledgement for another order", Topic.ACKNOWLEDGEMENT, good.zip());
        good.acknowledgement = a -> a;
    }

    /** The first character of the signature part that can be another without leaving its alphabet. */
    private static byte[] otherSignature(byte[] compact) {
        byte[] other = compact.clone();
        for (int at = other.length - 40; ; at++) {
            if (other[at] >= 'a' && other[at] < 'z') {
                other[at]++;
                return other;
            }
        }
    }

    private void fork(SortedMap<String, byte[]> members) throws MalformedException {
        SampleLog other = new SampleLog(good.logKey, good.outsiders::cosigned);
        long size = LogProof.parse(SampleCase.member(members, "log/0000/proof"))
                .inclusion()
                .treeSize();
        other.append(CaseEntry.SUBMITTED, SampleCase.at(1), SampleCase.member(members, "log/0000/payload"));
        for (int i = 1; i < size; i++) {
            other.append("order.illegal", SampleCase.at(i), SampleCase.ascii("{}"));
        }
        SortedMap<String, byte[]> forked = new TreeMap<>();
        other.into(forked);
        PARTS.forEach(part -> members.put("log/0000" + part, forked.get("log/0000" + part)));
    }

    static void cut(SortedMap<String, byte[]> members, int entries) {
        List<String> folders = new Members(members).folders(BundleMembers.CASE_ENTRIES);
        for (String folder : folders.subList(folders.size() - entries, folders.size())) {
            PARTS.forEach(part -> members.remove(folder + part));
        }
        // The stamp was over a proof of the entry that is gone now.
        members.keySet().removeIf(name -> name.startsWith(BundleMembers.STAMPS));
    }

    private static byte[] compressed(byte[] zip) throws IOException, MalformedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream other = new ZipOutputStream(bytes)) {
            for (var member : CanonicalZip.read(zip).entrySet()) {
                other.putNextEntry(new ZipEntry(member.getKey()));
                other.write(member.getValue());
                other.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
