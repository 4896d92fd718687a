// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.ChannelConfiguration.ResellerIdentity;
import org.sparekey.protocol.channel.TestGateway;
import org.sparekey.protocol.channel.TestPki;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.log.Commitment;
import org.sparekey.protocol.log.LogActor;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.registration.BatchLine;
import org.sparekey.protocol.registration.BatchReader;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.LineReading;
import org.sparekey.protocol.registration.LineRefusal;
import org.sparekey.protocol.registration.LineVerdict;
import org.sparekey.protocol.registration.ReceiptCheck;
import org.sparekey.protocol.registration.RegistrationHead;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.protocol.signature.Message;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TreeHash;

/** An invented hoster with a log of one entry per batch, and an invented reseller's files that fit it. */
final class TestHoster implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final String LEGAL_NAME = "Voorbeeld Hosting B.V.";
    static final byte[] SECRET = "thirty-two bytes of the reseller".getBytes(StandardCharsets.US_ASCII);

    private static final Bytes OPENING = Bytes.of(new byte[32]);

    final List<RegistrationRecord> registered = new ArrayList<>();
    final List<Message.Request> requests = new ArrayList<>();
    final List<String> bodies = new ArrayList<>();
    volatile UnaryOperator<BatchReceipt> tamper = receipt -> receipt;
    volatile Optional<Problem> refuseWith = Optional.empty();
    volatile boolean logIsSlow;
    volatile boolean headIsAway;

    private final NoteSigner log = new NoteSigner("demo.sparekey.invalid/log/registry/2026", new byte[32]);
    private final Map<String, BatchReceipt> answers = new LinkedHashMap<>();
    private final TestPki pki = new TestPki();
    private final TestPki resellers = new TestPki();
    private final SigningKey message = resellers.issue("message");
    final TestGateway door;

    TestHoster(InstantSource clock) {
        this.door = new TestGateway(pki, List.of(message), resellers, clock, this::answer);
    }

    /** Writes what the reseller has: his keys, his secret, what he pins. */
    Path configuration(Path directory) throws IOException {
        TestPki.pem(directory.resolve("gateway-ca.pem"), door.root());
        TestPki.pem(directory.resolve("gateway-message.pem"), door.message().certificate());
        Files.write(directory.resolve("reseller.secret"), SECRET);
        ChannelConfiguration configuration = new ChannelConfiguration(
                door.origin(),
                "gateway-ca.pem",
                List.of("gateway-message.pem"),
                Optional.empty(),
                TestPki.write(directory, "tls", resellers.issue("tls")),
                TestPki.write(directory, "message", message),
                Optional.of(TestPki.write(directory, "document", resellers.issue("document"))),
                List.of(log.key().vkey()),
                Optional.of(new ResellerIdentity("palmstrand", LEGAL_NAME, "reseller.secret")));
        return Files.write(directory.resolve(ChannelConfiguration.FILE), Wire.write(configuration));
    }

    @Override
    public void close() {
        door.close();
    }

    private synchronized TestGateway.Reply answer(Message.Request request, byte[] content) {
        requests.add(request);
        bodies.add(new String(content, StandardCharsets.UTF_8));
        if (request.targetUri().endsWith("/v1/registration-head") && !headIsAway) {
            return TestGateway.Reply.of(200, "application/json", Wire.write(head()));
        }
        if (refuseWith.isPresent()) {
            return TestGateway.Reply.problem(refuseWith.get());
        }
        if (request.targetUri().endsWith("/v1/registry-view")) {
            return TestGateway.Reply.of(200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        }
        if (request.method().equals("GET")) {
            String id = request.targetUri().replaceAll(".*/registrations/([^/]+)/receipt", "$1");
            return receipt(
                    200,
                    answers.values().stream()
                            .filter(receipt -> receipt.batchId().toString().equals(id))
                            .findFirst()
                            .orElseThrow());
        }
        try {
            BatchReceipt made = read(content);
            return receipt(
                    logIsSlow ? 202 : 201,
                    answers.computeIfAbsent(made.batchDigest().hex(), first -> made));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedException e) {
            return TestGateway.Reply.problem(Problem.BATCH_MALFORMED);
        }
    }

    private RegistrationHead head() {
        Optional<BatchReceipt> last = answers.values().stream().max(Comparator.comparing(BatchReceipt::seq));
        return new RegistrationHead(
                1,
                RegistrationHead.TYPE,
                "palmstrand",
                last.map(BatchReceipt::seq).orElse(0L),
                last.map(BatchReceipt::batchDigest),
                last.map(receipt -> NOW));
    }

    private TestGateway.Reply receipt(int status, BatchReceipt receipt) {
        BatchReceipt sent = logIsSlow
                ? new BatchReceipt(
                        1,
                        BatchReceipt.TYPE,
                        receipt.batchId(),
                        receipt.reseller(),
                        receipt.seq(),
                        receipt.batchDigest(),
                        receipt.verdicts(),
                        receipt.leafHash(),
                        Optional.empty(),
                        Optional.empty(),
                        receipt.opening(),
                        Optional.empty())
                : receipt;
        return TestGateway.Reply.of(status, "application/json", Wire.write(tamper.apply(sent)));
    }

    private BatchReceipt read(byte[] content) throws IOException, MalformedException {
        BatchReader reader = new BatchReader(new ByteArrayInputStream(content));
        List<LineReading> readings = new ArrayList<>();
        Optional<BatchLine> line = reader.next();
        while (line.isPresent()) {
            readings.add(line.get().read());
            line = reader.next();
        }
        List<LineVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            verdicts.add(verdict(readings.get(i), i, reader.tree().path(i)));
        }
        return receipt(reader, verdicts);
    }

    private LineVerdict verdict(LineReading reading, int index, List<Digest> path) {
        RegistrationRecord record =
                ((LineReading.Good) reading).line().records().get(0);
        boolean foreign = record.cluster().equals("cluster-of-another");
        if (!foreign) {
            registered.add(record);
        }
        return foreign
                ? LineVerdict.refused(index + 2, LineRefusal.FOREIGN_ASSET, "/cluster", path)
                : LineVerdict.accepted(index + 2, path);
    }

    private BatchReceipt receipt(BatchReader reader, List<LineVerdict> verdicts) {
        byte[] payload = reader.document().compact().getBytes(StandardCharsets.US_ASCII);
        byte[] entry = new LogEntry(
                        1,
                        log.key().name(),
                        ReceiptCheck.ENTRY_TYPE,
                        new UUID(0, answers.size()),
                        NOW,
                        new LogActor("reseller", Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(
                                ReceiptCheck.CLEAR_VERDICTS,
                                ReceiptCheck.verdictsDigest(verdicts).base64url()),
                        Commitment.to(OPENING, payload))
                .bytes();
        Digest leaf = TreeHash.leaf(entry);
        Digest before = TreeHash.leaf(new byte[] {1});
        String text = new Checkpoint(log.key().name(), 2, TreeHash.node(before, leaf)).text();
        LogProof proof =
                new LogProof(new InclusionProof(1, 2, List.of(before)), new SignedNote(text, List.of(log.sign(text))));
        return new BatchReceipt(
                1,
                BatchReceipt.TYPE,
                new UUID(1, reader.header().seq()),
                reader.header().reseller(),
                reader.header().seq(),
                reader.document().digest(),
                verdicts,
                leaf,
                Optional.of(1L),
                Optional.of(Bytes.of(entry)),
                OPENING,
                Optional.of(new String(proof.bytes(), StandardCharsets.UTF_8)));
    }
}
