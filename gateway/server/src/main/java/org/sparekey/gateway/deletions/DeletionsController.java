// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.nio.charset.StandardCharsets;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.deletion.DeletionAnswer;
import org.sparekey.protocol.json.Wire;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Terminations, the question before the disk is touched, and what was done. */
@RestController
class DeletionsController {

    private static final String JOSE = "application/jose";

    private final Deletions deletions;

    DeletionsController(Deletions deletions) {
        this.deletions = deletions;
    }

    /** Always the same answer; 202 while the request waits for its place in the log. */
    @PostMapping(path = "/v1/deletions", consumes = JOSE)
    ResponseEntity<byte[]> request(
            Caller caller, @RequestBody byte[] body, @RequestHeader("Idempotency-Key") String idempotencyKey) {
        DeletionAnswer answer = deletions.request(caller, body, idempotencyKey);
        return json(deletions.recorded(answer.entry()) ? HttpStatus.CREATED : HttpStatus.ACCEPTED, answer);
    }

    @GetMapping("/v1/deletions")
    ResponseEntity<byte[]> list(Caller caller) {
        return json(HttpStatus.OK, deletions.list(caller));
    }

    @PostMapping(path = "/v1/deletions/{deletionId}/permits", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> ask(Caller caller, @PathVariable String deletionId, @RequestBody byte[] body) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(JOSE))
                .body(deletions.ask(caller, deletionId, body).compact().getBytes(StandardCharsets.US_ASCII));
    }

    @PostMapping(path = "/v1/deletions/{deletionId}/reports", consumes = JOSE)
    ResponseEntity<byte[]> report(Caller caller, @PathVariable String deletionId, @RequestBody byte[] body) {
        return json(HttpStatus.CREATED, deletions.report(caller, deletionId, body));
    }

    @GetMapping("/v1/bulk-deletions")
    ResponseEntity<byte[]> bulks(Caller caller) {
        return json(HttpStatus.OK, deletions.bulks(caller));
    }

    @PostMapping(path = "/v1/bulk-deletions", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> approve(Caller caller, @RequestBody byte[] body) {
        return json(HttpStatus.CREATED, deletions.approve(caller, body));
    }

    private static ResponseEntity<byte[]> json(HttpStatus status, Object body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Wire.write(body));
    }
}
