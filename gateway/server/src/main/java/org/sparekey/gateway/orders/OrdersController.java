// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.RefusalReason;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.document.AuthorityDocument;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.ClarificationQuestion;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Orders over HTTP. Bodies are written by the wire's own writer, so that they are the bytes that were digested. */
@RestController
@RequestMapping("/v1/orders")
class OrdersController {

    /** How long a state-changing answer waits for its place in the log before it is 202 without one. */
    static final Duration RECEIPT_WAIT = Duration.ofSeconds(2);

    /** How long content that leaves the house waits for the entry that it does before it is to be asked for again. */
    static final Duration PROOF_WAIT = Duration.ofSeconds(5);

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String JOSE = "application/jose";
    private static final Pattern IDEMPOTENCY_FORM = Pattern.compile("[!-~]{1,128}");
    private static final Pattern ETAG = Pattern.compile("\"([0-9]{1,18})\"");

    private final Orders orders;
    private final Waiters waiters;
    private final AuditLog log;

    OrdersController(Orders orders, Waiters waiters, AuditLog log) {
        this.orders = orders;
        this.waiters = waiters;
        this.log = log;
    }

    @PostMapping(consumes = Multipart.MEDIA_TYPE)
    ResponseEntity<byte[]> submit(
            Caller caller,
            @RequestBody byte[] body,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) String contentType,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey) {
        return changed(orders.submit(caller, body, contentType, required(idempotencyKey)), HttpStatus.CREATED);
    }

    @GetMapping
    ResponseEntity<byte[]> list(Caller caller) {
        return json(HttpStatus.OK, Wire.write(new OrderList(orders.list(caller))));
    }

    /** At most 200, newest first. */
    record OrderList(List<OrderStatus> orders) {}

    /** Where it stands; with {@code wait} and {@code version} once it no longer stands there, or the time is over. */
    @GetMapping("/{order}")
    ResponseEntity<byte[]> status(
            Caller caller,
            @PathVariable String order,
            @RequestParam(required = false) @Nullable String wait,
            @RequestParam(required = false) @Nullable String version) {
        OrderId id = orders.visible(caller, order);
        OrderStatus status = orders.status(id);
        Optional<LongPoll> poll = LongPoll.asked(wait, version);
        if (poll.isEmpty() || status.version() != poll.get().seen()) {
            return status(status, HttpStatus.OK);
        }
        Waiters.Outcome outcome =
                waiters.await(caller, id, poll.get().seen(), poll.get().atMost());
        // Asked anew: whoever was suspended meanwhile is shown nothing.
        return status(
                orders.status(orders.visible(caller, order)),
                HttpStatus.OK,
                outcome == Waiters.Outcome.NO_ROOM ? Optional.of(LongPoll.RETRY_AFTER) : Optional.empty());
    }

    /** What the officers judge, as its issuer signed it; with exactly {@code Accept: application/json} what is executed. */
    @GetMapping("/{order}/order")
    ResponseEntity<byte[]> document(
            Caller caller,
            @PathVariable String order,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        OrderFile file = file(caller, order);
        orders.given(orders.looked(caller, file.id(), "order"));
        SignedDocument signed = signed(file);
        if (MediaType.APPLICATION_JSON_VALUE.equals(accept)) {
            return json(HttpStatus.OK, signed.payload());
        }
        return signed.pdf()
                .map(pdf -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_PDF)
                        .body(pdf))
                .orElseGet(() -> jose(file.orderJws()));
    }

    /** It leaves the house: only once the entry that it does, and so the answer's own before it, can be proven. */
    @GetMapping("/{order}/answer")
    ResponseEntity<byte[]> answer(Caller caller, @PathVariable String order) {
        OrderFile file = file(caller, order);
        String answer = file.answerJws()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "this order has no identity answer"));
        Digest entry = orders.looked(caller, file.id(), "answer");
        if (log.await(entry, PROOF_WAIT).isEmpty()) {
            throw new ProblemException(
                    Problem.LOG_UNAVAILABLE, "that you are given it is not in a signed checkpoint yet; ask again");
        }
        orders.given(entry);
        return jose(answer);
    }

    @GetMapping("/{order}/approval-basis")
    ResponseEntity<byte[]> basis(Caller caller, @PathVariable String order) {
        OrderId id = orders.visible(caller, order);
        byte[] basis = Wire.write(orders.approvalBasis(caller, id));
        orders.given(orders.looked(caller, id, "approval-basis"));
        return ResponseEntity.ok()
                .eTag(etag(orders.status(id)))
                .contentType(MediaType.APPLICATION_JSON)
                .body(basis);
    }

    @PostMapping(path = "/{order}/approvals", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> approve(
            Caller caller,
            @PathVariable String order,
            @RequestBody byte[] approval,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey) {
        OrderId id = orders.visible(caller, order);
        return changed(
                orders.approve(caller, id, approval, version(ifMatch), required(idempotencyKey)), HttpStatus.CREATED);
    }

    @PostMapping(path = "/{order}/clarifications", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> ask(
            Caller caller,
            @PathVariable String order,
            @RequestBody byte[] question,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey) {
        OrderId id = orders.visible(caller, order);
        return changed(
                orders.ask(caller, id, question, version(ifMatch), required(idempotencyKey)), HttpStatus.CREATED);
    }

    @GetMapping("/{order}/clarifications")
    ResponseEntity<byte[]> questions(Caller caller, @PathVariable String order) {
        return json(HttpStatus.OK, Wire.write(new QuestionList(orders.questions(orders.visible(caller, order)))));
    }

    /** The oldest first. */
    record QuestionList(List<ClarificationQuestion> questions) {}

    /** @param approval of decision REFUSE, which commits to the reason */
    record RefusalSent(Approval approval, RefusalReason reason) {}

    @PostMapping(path = "/{order}/refusals", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> refuse(
            Caller caller,
            @PathVariable String order,
            @RequestBody byte[] refusal,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey)
            throws MalformedException {
        OrderId id = orders.visible(caller, order);
        RefusalSent sent = Wire.read(refusal, RefusalSent.class);
        byte[] approval = Wire.write(sent.approval());
        return changed(
                orders.refuse(caller, id, approval, sent.reason(), version(ifMatch), required(idempotencyKey)),
                HttpStatus.CREATED);
    }

    @GetMapping("/{order}/call-back-sheet")
    ResponseEntity<byte[]> callBackSheet(Caller caller, @PathVariable String order) {
        OrderId id = orders.visible(caller, order);
        byte[] sheet = Wire.write(orders.callBackSheet(caller, id));
        orders.given(orders.looked(caller, id, "call-back-sheet"));
        return json(HttpStatus.OK, sheet);
    }

    /** @param subject whose word is asked for */
    record CodeWanted(CallBackSubject subject) {}

    @PostMapping(path = "/{order}/call-back-codes", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> callBackCode(Caller caller, @PathVariable String order, @RequestBody byte[] body)
            throws MalformedException {
        OrderId id = orders.visible(caller, order);
        CallBackSubject subject = Wire.read(body, CodeWanted.class).subject();
        return json(HttpStatus.CREATED, Wire.write(orders.callBackCode(caller, id, subject)));
    }

    @PostMapping(path = "/{order}/call-backs", consumes = JOSE)
    ResponseEntity<byte[]> calledBack(
            Caller caller,
            @PathVariable String order,
            @RequestBody byte[] record,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey) {
        OrderId id = orders.visible(caller, order);
        String compact = new String(record, StandardCharsets.US_ASCII);
        return changed(orders.calledBack(caller, id, compact, required(idempotencyKey)), HttpStatus.CREATED);
    }

    @PostMapping(path = "/{order}/officer-records", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> record(
            Caller caller,
            @PathVariable String order,
            @RequestBody byte[] record,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey) {
        OrderId id = orders.visible(caller, order);
        return changed(orders.record(caller, id, record, required(idempotencyKey)), HttpStatus.CREATED);
    }

    @GetMapping("/{order}/feasibility")
    ResponseEntity<byte[]> feasibility(Caller caller, @PathVariable String order) {
        return json(HttpStatus.OK, Wire.write(orders.feasibility(orders.visible(caller, order))));
    }

    /** Outside any transaction: the answer has its place in the log, or says by 202 that it waits for one. */
    private ResponseEntity<byte[]> changed(Acceptance acceptance, HttpStatus done) {
        boolean recorded = log.await(acceptance.entry(), RECEIPT_WAIT).isPresent();
        return status(orders.status(acceptance.id()), recorded ? done : HttpStatus.ACCEPTED);
    }

    private OrderFile file(Caller caller, String order) {
        return orders.file(orders.visible(caller, order)).orElseThrow();
    }

    private static SignedDocument signed(OrderFile file) {
        try {
            return AuthorityDocument.parse(file.orderJws());
        } catch (MalformedException e) {
            throw new IllegalStateException("order " + file.id() + " as it is stored cannot be read", e);
        }
    }

    private static ResponseEntity<byte[]> jose(String compact) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(JOSE))
                .body(compact.getBytes(StandardCharsets.US_ASCII));
    }

    private static ResponseEntity<byte[]> status(OrderStatus status, HttpStatus http) {
        return status(status, http, Optional.empty());
    }

    private static ResponseEntity<byte[]> status(OrderStatus status, HttpStatus http, Optional<Duration> retryAfter) {
        ResponseEntity.BodyBuilder response = ResponseEntity.status(http).eTag(etag(status));
        retryAfter.ifPresent(pause -> response.header(HttpHeaders.RETRY_AFTER, Long.toString(pause.toSeconds())));
        if (http != HttpStatus.OK) {
            response.location(URI.create("/v1/orders/" + status.orderId()));
        }
        return response.contentType(MediaType.APPLICATION_JSON).body(Wire.write(status));
    }

    private static ResponseEntity<byte[]> json(HttpStatus http, byte[] body) {
        return ResponseEntity.status(http)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    private static String etag(OrderStatus status) {
        return "\"" + status.version() + "\"";
    }

    private static long version(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new ProblemException(Problem.PRECONDITION_REQUIRED, "send If-Match with the order's ETag");
        }
        Matcher etag = ETAG.matcher(ifMatch);
        if (!etag.matches()) {
            throw new ProblemException(Problem.PRECONDITION_FAILED, "If-Match is not an ETag of this order");
        }
        return Long.parseLong(etag.group(1));
    }

    private static String required(@Nullable String idempotencyKey) {
        if (idempotencyKey == null || !IDEMPOTENCY_FORM.matcher(idempotencyKey).matches()) {
            throw new ProblemException(
                    Problem.MISSING_IDEMPOTENCY_KEY, "send an Idempotency-Key of 1 to 128 visible characters");
        }
        return idempotencyKey;
    }
}
