// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.sparekey.protocol.evidence.Acknowledgement;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.tree.NoteSigner;

/** Writes the vectors; run by hand, once for each version of the format, because the signatures in them are random. */
final class BundleVectors {

    static final String LIST = "bundles.json";

    /**
     * @param failing the first check that does not hold, empty where all do
     * @param trust whether the trust file is given
     */
    record Vector(String file, String story, boolean trust, int expected, Optional<String> failing) {}

    record Vectors(List<Vector> vectors) {
        Vectors {
            vectors = List.copyOf(vectors);
        }
    }

    private final Path directory;
    private final SampleCase good = new SampleCase();
    private final List<Vector> vectors = new ArrayList<>();

    private BundleVectors(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException, MalformedException {
        BundleVectors vectors = new BundleVectors(Files.createDirectories(Path.of(arguments[0])));
        vectors.whole();
        vectors.members();
        vectors.forged();
        Files.write(vectors.directory.resolve("trust.json"), vectors.good.trust());
        Files.write(vectors.directory.resolve(LIST), Wire.write(new Vectors(vectors.vectors)));
    }

    private void whole() throws IOException {
        byte[] zip = good.zip();
        write("good", "everything holds", zip, Verification.AUTHENTIC, "");
        vectors.add(new Vector(
                "good.zip", "without a trust file", false, Verification.INCOMPLETE, Optional.of("trust file")));
        write(
                "foreign",
                "perfect under foreign keys",
                new SampleCase().zip(),
                Verification.NOT_AUTHENTIC,
                "signature of the bundle");
        byte[] flipped = zip.clone();
        flipped[zip.length / 2] ^= 1;
        write("flipped", "one bit changed", flipped, Verification.NOT_AUTHENTIC, "canonical zip");
        byte[] longer = java.util.Arrays.copyOf(zip, zip.length + 1);
        write("trailing", "a byte behind the end", longer, Verification.NOT_AUTHENTIC, "canonical zip");
    }

    private void members() throws IOException, MalformedException {
        SortedMap<String, byte[]> removed = new TreeMap<>(CanonicalZip.read(good.zip()));
        removed.remove(BundleMembers.MANIFEST);
        write(
                "member-removed",
                "a named member is not there",
                CanonicalZip.write(removed),
                Verification.INCOMPLETE,
                "members");
        SortedMap<String, byte[]> extra = new TreeMap<>(CanonicalZip.read(good.zip()));
        extra.put("order/another.jws", SampleCase.ascii("x"));
        write(
                "member-extra",
                "a member that nobody named",
                CanonicalZip.write(extra),
                Verification.NOT_AUTHENTIC,
                "members");
        SortedMap<String, byte[]> proofless = good.members();
        proofless.remove("log/0000/proof");
        write(
                "proof-left-out",
                "signed without a proof that is needed",
                good.zip(proofless),
                Verification.INCOMPLETE,
                "log entries");
    }

    private void forged() throws IOException {
        good.logSigner =
                new NoteSigner(SampleLog.ORIGIN, Digest.sha256(new byte[] {1}).array());
        write("log-key", "checkpoints of a foreign log key", good.zip(), Verification.NOT_AUTHENTIC, "log entries");
        good.logSigner = good.logKey;
        good.orderSigner = good.investigator;
        write(
                "order-signer",
                "another person signed the order",
                good.zip(),
                Verification.NOT_AUTHENTIC,
                "signature of the order");
        good.orderSigner = good.prosecutor;
        good.validatorSigner = good.prosecutor;
        write(
                "validator-signer",
                "the prosecutor signed for the judge",
                good.zip(),
                Verification.NOT_AUTHENTIC,
                "signature of the validator");
        good.validatorSigner = good.judge;
        good.secondSigner = good.hoster.issue("O-2");
        write(
                "approval-signer",
                "an approval by a key that is not enrolled",
                good.zip(),
                Verification.NOT_AUTHENTIC,
                "two approvals");
        good.secondSigner = good.officer2;
        good.ticketSigner = good.officer1;
        write(
                "ticket-signer",
                "a ticket that the statement key did not sign",
                good.zip(),
                Verification.NOT_AUTHENTIC,
                "execution ticket");
        good.ticketSigner = good.statementKey;
        good.announcedFirst = false;
        write(
                "announced-afterwards",
                "the capture was announced when it was over",
                good.zip(),
                Verification.NOT_AUTHENTIC,
                "manifest");
        good.announcedFirst = true;
        good.acknowledgement =
                a -> new Acknowledgement(a.v(), a.type(), new UUID(1, 1), a.manifestDigest(), a.at(), a.salt());
        write(
                "receipt-of-another",
                "an acknowledgement for another order",
                good.zip(),
                Verification.NOT_AUTHENTIC,
                "acknowledgement");
    }

    private void write(String name, String story, byte[] zip, int expected, String failing) throws IOException {
        Files.write(directory.resolve(name + ".zip"), zip);
        vectors.add(new Vector(
                name + ".zip", story, true, expected, failing.isEmpty() ? Optional.empty() : Optional.of(failing)));
    }
}
