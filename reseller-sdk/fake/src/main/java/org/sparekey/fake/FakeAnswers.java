// SPDX-License-Identifier: Apache-2.0
package org.sparekey.fake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemDetails;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.LineRefusal;
import org.sparekey.protocol.registration.LineVerdict;
import org.sparekey.protocol.registration.RegistrationBatch;
import org.sparekey.protocol.signature.Fields;
import org.sparekey.protocol.signature.MeasuredBody;
import org.sparekey.protocol.signature.Message;
import org.sparekey.protocol.signature.RequestVerdict;
import org.sparekey.protocol.signature.RequestVerifier;
import org.sparekey.protocol.signature.ResponseSigner;

/** Verifies a request, lets the registry answer it, signs the answer; and does all that wrongly where it is told to. */
final class FakeAnswers implements FakeDoor.Room {

    private static final String PUBLIC_ORIGIN = "https://fake.sparekey.invalid";
    private static final Pattern RECEIPT = Pattern.compile(".*/v1/registrations/([0-9a-f-]{36})/receipt");
    private static final String RETRY_AFTER = "7";
    private static final String JSON = "application/json";

    private final FakeRegistry registry;
    private final FakeClock clock;
    private final ResponseSigner signer;
    private final ResponseSigner forger;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Set<String> nonces = new HashSet<>();
    private final Map<String, Digest> payloads = new HashMap<>();
    private final List<Message.Request> requests = new ArrayList<>();
    private long number;

    FakeAnswers(FakeRegistry registry, FakeClock clock, ResponseSigner signer, ResponseSigner forger) {
        this.registry = registry;
        this.clock = clock;
        this.signer = signer;
        this.forger = forger;
    }

    synchronized void next(Fault fault) {
        faults.add(fault);
    }

    synchronized List<Message.Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public synchronized FakeDoor.Reply answer(FakeDoor.Knock knock) {
        Optional<Fault> fault = Optional.ofNullable(faults.poll());
        requests.add(knock.request());
        number++;
        if (fault.equals(Optional.of(Fault.REQUEST_LOST))) {
            return new FakeDoor.Reply(500, Fields.NONE, new byte[0], 0);
        }
        Optional<FakeReseller> caller = caller(knock);
        Answered answered;
        try {
            answered = answered(knock, caller, fault);
        } catch (ProblemException e) {
            answered = problem(e.problem(), e.detail());
        }
        return signed(knock, answered, caller.isPresent(), fault);
    }

    /** Before it is signed. */
    private record Answered(int status, Fields headers, byte[] content) {}

    private Answered answered(FakeDoor.Knock knock, Optional<FakeReseller> caller, Optional<Fault> fault) {
        FakeReseller reseller = caller.orElseThrow(() -> refused(Problem.SIGNATURE_INVALID));
        boolean hisToken = knock.token().filter(reseller.tls().keyId()::equals).isPresent();
        if (!hisToken || fault.equals(Optional.of(Fault.TOKEN_EXPIRED))) {
            throw refused(Problem.TOKEN_INVALID);
        }
        if (!knock.tlsKey().equals(reseller.tls().keyId())) {
            throw refused(Problem.KEYS_DISAGREE);
        }
        fault.flatMap(FakeAnswers::problemOf).ifPresent(problem -> {
            throw refused(problem);
        });
        return route(knock, reseller, fault);
    }

    private Answered route(FakeDoor.Knock knock, FakeReseller reseller, Optional<Fault> fault) {
        String path = knock.request().targetUri();
        boolean proven = !fault.equals(Optional.of(Fault.LOG_SLOW));
        Matcher receipt = RECEIPT.matcher(path);
        if (path.endsWith("/v1/registrations") && knock.request().method().equals("POST")) {
            idempotent(knock, reseller);
            FakeRegistry.Batch batch = registry.register(reseller, knock.content());
            return json(proven ? 201 : 202, tampered(registry.receipt(batch, proven), fault));
        }
        if (receipt.matches()) {
            return json(200, tampered(registry.receipt(reseller, UUID.fromString(receipt.group(1)), proven), fault));
        }
        FakeViews views = new FakeViews(registry, reseller.id());
        if (path.endsWith("/v1/registration-head")) {
            return json(200, views.head());
        }
        if (path.endsWith("/v1/registry-view")) {
            return json(200, views.view());
        }
        if (path.endsWith("/v1/reconciliation")) {
            return json(200, views.reconciliation());
        }
        if (path.endsWith("/v1/registry-dump")) {
            return new Answered(200, Fields.of("content-type", RegistrationBatch.MEDIA_TYPE), views.dump());
        }
        throw refused(Problem.NOT_FOUND);
    }

    private void idempotent(FakeDoor.Knock knock, FakeReseller reseller) {
        Fields headers = knock.request().headers();
        if (!headers.value("content-type").equals(Optional.of(RegistrationBatch.MEDIA_TYPE))) {
            throw refused(Problem.UNSUPPORTED_MEDIA_TYPE);
        }
        String key = headers.value("idempotency-key").orElseThrow(() -> refused(Problem.MISSING_IDEMPOTENCY_KEY));
        Digest payload = Digest.sha256(knock.content());
        if (!payloads.computeIfAbsent(reseller.id() + " " + key, first -> payload)
                .equals(payload)) {
            throw refused(Problem.IDEMPOTENCY_KEY_REUSED);
        }
    }

    /** Whose message key signed the request, freshly and for the first time. */
    private Optional<FakeReseller> caller(FakeDoor.Knock knock) {
        Optional<FakeReseller> caller = registry.resellers().stream()
                .filter(reseller -> new RequestVerifier(
                                        clock,
                                        id -> reseller.message().keyId().equals(id)
                                                ? Optional.of(reseller.message().publicKey())
                                                : Optional.empty())
                                .verify(knock.request(), MeasuredBody.of(knock.content()))
                        instanceof RequestVerdict.Verified)
                .findFirst();
        boolean fresh = nonces.add(knock.request().headers().value("signature").orElse(""));
        return fresh ? caller : Optional.empty();
    }

    private FakeDoor.Reply signed(FakeDoor.Knock knock, Answered answered, boolean bound, Optional<Fault> fault) {
        Message.Response response = new Message.Response(
                        answered.status(), answered.headers().with("API-Version", "0.1.0"), knock.request())
                .withContent(answered.content());
        ResponseSigner by = fault.equals(Optional.of(Fault.ANSWER_FORGED)) ? forger : signer;
        Message.Response signed = bound ? by.signBound(response) : by.signUnbound(response);
        byte[] content = answered.content().clone();
        if (fault.equals(Optional.of(Fault.ANSWER_ALTERED))) {
            content[content.length - 1] ^= 1;
        }
        int most = fault.equals(Optional.of(Fault.ANSWER_LOST)) ? content.length / 2 : -1;
        return new FakeDoor.Reply(signed.status(), signed.headers(), content, most);
    }

    private static BatchReceipt tampered(BatchReceipt receipt, Optional<Fault> fault) {
        if (!fault.equals(Optional.of(Fault.RECEIPT_FORGED))) {
            return receipt;
        }
        List<LineVerdict> opposite = receipt.verdicts().stream()
                .map(verdict -> verdict.accepted()
                        ? LineVerdict.refused(verdict.line(), LineRefusal.FOREIGN_ASSET, "", verdict.path())
                        : LineVerdict.accepted(verdict.line(), verdict.path()))
                .toList();
        return new BatchReceipt(
                1,
                BatchReceipt.TYPE,
                receipt.batchId(),
                receipt.reseller(),
                receipt.seq(),
                receipt.batchDigest(),
                opposite,
                receipt.leafHash(),
                receipt.index(),
                receipt.entry(),
                receipt.opening(),
                receipt.proof());
    }

    private static Optional<Problem> problemOf(Fault fault) {
        return switch (fault) {
            case UNAVAILABLE -> Optional.of(Problem.LOG_UNAVAILABLE);
            case TOO_MANY_REQUESTS -> Optional.of(Problem.TOO_MANY_REQUESTS);
            case IN_PROGRESS -> Optional.of(Problem.IN_PROGRESS);
            case BROKEN -> Optional.of(Problem.INTERNAL);
            default -> Optional.empty();
        };
    }

    private Answered problem(Problem problem, String detail) {
        String instance = "urn:uuid:" + new UUID(0, number);
        ProblemDetails details = ProblemDetails.of(problem, detail, PUBLIC_ORIGIN, instance);
        Fields headers = Fields.of("content-type", ProblemDetails.MEDIA_TYPE);
        Fields all = problem == Problem.TOO_MANY_REQUESTS ? headers.with("retry-after", RETRY_AFTER) : headers;
        return new Answered(problem.status(), all, Wire.write(details));
    }

    private static Answered json(int status, Object wire) {
        return new Answered(status, Fields.of("content-type", JSON), Wire.write(wire));
    }

    private static ProblemException refused(Problem problem) {
        return new ProblemException(problem, problem.title());
    }
}
