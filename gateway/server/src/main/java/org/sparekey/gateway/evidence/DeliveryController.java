// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.signature.ContentDigest;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Delivery over HTTP: list, files by range (RFC 9110 section 14), acknowledgement. */
@RestController
@ConditionalOnProperty("sparekey.evidence.directory")
@RequestMapping("/v1/orders/{order}")
class DeliveryController {

    static final Duration RECEIPT_WAIT = Duration.ofSeconds(2);

    private static final String JOSE = "application/jose";
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_IDEMPOTENCY_CHARS = 128;

    private final Delivery delivery;
    private final Acknowledgements acknowledgements;
    private final Orders orders;
    private final AuditLog log;

    DeliveryController(Delivery delivery, Acknowledgements acknowledgements, Orders orders, AuditLog log) {
        this.delivery = delivery;
        this.acknowledgements = acknowledgements;
        this.orders = orders;
        this.log = log;
    }

    @GetMapping("/evidence")
    ResponseEntity<byte[]> list(Caller caller, @PathVariable String order) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Wire.write(delivery.list(caller, order)));
    }

    @RequestMapping(
            path = "/evidence/{name}",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    void file(
            Caller caller,
            HttpMethod method,
            @PathVariable String order,
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
            @RequestHeader(name = HttpHeaders.IF_RANGE, required = false) @Nullable String ifRange,
            HttpServletResponse response)
            throws IOException {
        StoredFile file = delivery.file(caller, order, name);
        String etag = "\"" + file.digest().hex() + "\"";
        response.setHeader(HttpHeaders.ETAG, etag);
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        // A range has a meaning for GET only (RFC 9110 section 14.2).
        Optional<String> asked = Optional.ofNullable(range).filter(_ -> method.equals(HttpMethod.GET));
        switch (ByteRange.of(asked, Optional.ofNullable(ifRange), etag, file.length())) {
            case ByteRange.Whole _ -> send(caller, method, order, file, 0, file.length(), response);
            case ByteRange.Part part -> {
                response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
                response.setHeader(
                        HttpHeaders.CONTENT_RANGE, "bytes " + part.from() + "-" + part.to() + "/" + file.length());
                send(caller, method, order, file, part.from(), part.length(), response);
            }
            case ByteRange.Unsatisfiable _ ->
                throw new ProblemException(Problem.RANGE_NOT_SATISFIABLE, "the file has " + file.length() + " bytes");
        }
    }

    @PostMapping(path = "/acknowledgement", consumes = JOSE)
    ResponseEntity<byte[]> acknowledge(
            Caller caller,
            @PathVariable String order,
            @RequestBody byte[] body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        if (idempotencyKey == null || idempotencyKey.isBlank() || idempotencyKey.length() > MAX_IDEMPOTENCY_CHARS) {
            throw new ProblemException(Problem.MISSING_IDEMPOTENCY_KEY, "send an Idempotency-Key");
        }
        Acknowledgements.Taken taken = acknowledgements.take(caller, order, body, idempotencyKey);
        boolean recorded = log.await(taken.entry(), RECEIPT_WAIT).isPresent();
        OrderStatus status = orders.status(taken.order());
        return ResponseEntity.status(recorded ? HttpStatus.CREATED : HttpStatus.ACCEPTED)
                .eTag("\"" + status.version() + "\"")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Wire.write(status));
    }

    /** The digest of the whole goes first: by it the door knows a volume, signs its head and lets it flow. */
    private void send(
            Caller caller,
            HttpMethod method,
            String order,
            StoredFile file,
            long from,
            long length,
            HttpServletResponse response)
            throws IOException {
        response.setHeader(
                ContentDigest.REPRESENTATION_FIELD,
                ContentDigest.of(file.digest()).write());
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setContentLengthLong(length);
        if (method.equals(HttpMethod.HEAD)) {
            return;
        }
        try (SeekableByteChannel channel = delivery.open(caller, order, file, from)) {
            copy(channel.position(from), length, response.getOutputStream());
        }
    }

    private static void copy(SeekableByteChannel from, long length, OutputStream to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long left = length;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
            if (from.read(buffer) < 0) {
                throw new IOException("a stored file is shorter than it was");
            }
            to.write(buffer.array(), 0, buffer.position());
            left -= buffer.position();
        }
    }
}
