// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;

/** Writes the vectors; run by hand, once for each version of the format, because the signatures in them are random. */
final class TimeStampVectors {

    static final Instant AT = Instant.parse("2026-06-01T12:00:00Z");
    private static final byte[] WORDS = "what was said".getBytes(StandardCharsets.UTF_8);
    private static final Digest STAMPED = Digest.sha256(WORDS);
    private static final long NONCE = 77;

    /**
     * @param stamped SHA-256 of what is said to be stamped
     * @param reply TimeStampResp
     * @param nonce of the question, where the reply is judged as its answer
     * @param policy that the question asked for
     * @param expected STAMPED or a {@link TimeStampFault}
     */
    record Vector(
            String name,
            Digest stamped,
            Bytes reply,
            List<Bytes> roots,
            Optional<Long> nonce,
            Optional<String> policy,
            String expected) {}

    private final SmallTsa tsa = new SmallTsa();
    private final List<Vector> all = new ArrayList<>();

    private TimeStampVectors() {}

    public static void main(String[] arguments) throws IOException {
        TimeStampVectors vectors = new TimeStampVectors();
        vectors.replies();
        vectors.answers();
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        Files.writeString(
                directory.resolve("replies.json"),
                vectors.all.stream()
                        .map(vector -> new String(Wire.write(vector), StandardCharsets.UTF_8))
                        .collect(Collectors.joining(",\n", "[\n", "\n]\n")));
    }

    private void replies() {
        add("granted", reply(), "STAMPED");
        add("granted with modifications", reply().status(PKIStatus.GRANTED_WITH_MODS), "STAMPED");
        add("in the last second of the certificate", tsa.reply(STAMPED, SmallTsa.UNTIL.minusSeconds(1)), "STAMPED");
        add("over other bytes", tsa.reply(Digest.sha256(new byte[1]), AT), "WRONG_IMPRINT");
        add("imprint by SHA3-256", reply().imprintAlgorithm(NISTObjectIdentifiers.id_sha3_256), "WRONG_IMPRINT");
        add("rejected", reply().status(PKIStatus.REJECTION), "NOT_GRANTED");
        add("waiting", reply().status(PKIStatus.WAITING), "NOT_GRANTED");
        add("a certificate for code too", certified(true, KeyPurposeId.id_kp_codeSigning), "WRONG_CERTIFICATE");
        add("a usage that is not critical", certified(false), "WRONG_CERTIFICATE");
        add("certificate not enclosed", reply().withoutCertificate(), "WRONG_CERTIFICATE");
        add("named by SHA-1 only", reply().naming(SmallReply.Naming.BY_SHA1_ONLY), "WRONG_CERTIFICATE");
        add("another certificate named", reply().naming(SmallReply.Naming.ANOTHER), "WRONG_CERTIFICATE");
        add("after the certificate's life", tsa.reply(STAMPED, SmallTsa.UNTIL.plusSeconds(1)), "CERTIFICATE_EXPIRED");
        add("an authority of the same name", new SmallTsa().reply(STAMPED, AT), "PATH_INVALID");
        byte[] whole = reply().bytes();
        add("one byte behind it", Arrays.copyOf(whole, whole.length + 1), "UNREADABLE");
        add("cut in half", Arrays.copyOf(whole, whole.length / 2), "UNREADABLE");
        byte[] signature = whole.clone();
        signature[signature.length - 5] ^= 1;
        add("one bit of the signature flipped", signature, "SIGNATURE_INVALID");
    }

    private void answers() {
        String policy = SmallReply.POLICY;
        answer("answers the question", NONCE, Optional.of(policy), "STAMPED");
        answer("answers another question", NONCE + 1, Optional.empty(), "WRONG_NONCE");
        answer("under another policy than asked", NONCE, Optional.of(policy + ".1"), "WRONG_POLICY");
    }

    private void answer(String name, long nonce, Optional<String> policy, String expected) {
        Bytes reply = Bytes.of(reply().nonce(BigInteger.valueOf(nonce)).bytes());
        all.add(new Vector(name, STAMPED, reply, tsa.roots(), Optional.of(NONCE), policy, expected));
    }

    private SmallReply reply() {
        return tsa.reply(STAMPED, AT);
    }

    private SmallReply certified(boolean critical, KeyPurposeId... more) {
        List<KeyPurposeId> usages = new ArrayList<>(List.of(KeyPurposeId.id_kp_timeStamping));
        usages.addAll(List.of(more));
        ExtendedKeyUsage usage = new ExtendedKeyUsage(usages.toArray(KeyPurposeId[]::new));
        return reply().certificate(tsa.stamper(Optional.of(usage), critical));
    }

    private void add(String name, SmallReply reply, String expected) {
        add(name, reply.bytes(), expected);
    }

    private void add(String name, byte[] reply, String expected) {
        all.add(new Vector(name, STAMPED, Bytes.of(reply), tsa.roots(), Optional.empty(), Optional.empty(), expected));
    }
}
