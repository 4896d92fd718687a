// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.sparekey.gateway.parties.AuthorityImports.ImportStatus;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.EnrolmentRequest;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.protocol.party.Invitation;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Enrolment over HTTP: the claim on the public listener, because its keys are nobody's yet; everything else signed. */
@RestController
@ConditionalOnWebApplication
class EnrolmentsController {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Enrolments enrolments;
    private final AuthorityImports authorities;
    private final Revocations revocations;

    EnrolmentsController(Enrolments enrolments, AuthorityImports authorities, Revocations revocations) {
        this.enrolments = enrolments;
        this.authorities = authorities;
        this.revocations = revocations;
    }

    /** Newest first. */
    record EnrolmentList(List<EnrolmentStatus> enrolments) {}

    @PostMapping(path = "/v1/enrolments", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> invite(
            Caller caller, @RequestBody byte[] body, @RequestHeader(IDEMPOTENCY_KEY) String idempotencyKey)
            throws MalformedException {
        EnrolmentStatus status = enrolments.invite(caller, Wire.read(body, Invitation.class), idempotencyKey);
        return created("/v1/enrolments/" + status.enrolment(), status);
    }

    @GetMapping("/v1/enrolments")
    ResponseEntity<byte[]> list(Caller caller) {
        return json(HttpStatus.OK, new EnrolmentList(enrolments.list(caller)));
    }

    @GetMapping("/v1/enrolments/{enrolment}")
    ResponseEntity<byte[]> status(Caller caller, @PathVariable String enrolment) {
        return json(HttpStatus.OK, enrolments.status(caller, enrolment));
    }

    @PostMapping(path = "/v1/enrolments/{enrolment}/decisions", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> decide(Caller caller, @PathVariable String enrolment, @RequestBody byte[] body)
            throws MalformedException {
        return created("/v1/enrolments/" + enrolment, enrolments.decide(caller, enrolment, body));
    }

    @PostMapping("/v1/enrolments/{enrolment}/stops")
    ResponseEntity<byte[]> stop(Caller caller, @PathVariable String enrolment) {
        return created("/v1/enrolments/" + enrolment, enrolments.stop(caller, enrolment));
    }

    @PostMapping(path = "/v1/key-rotations", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> rotate(
            Caller caller, @RequestBody byte[] body, @RequestHeader(IDEMPOTENCY_KEY) String idempotencyKey)
            throws MalformedException {
        EnrolmentStatus status = enrolments.rotate(caller, Wire.read(body, EnrolmentRequest.class), idempotencyKey);
        return created("/v1/enrolments/" + status.enrolment(), status);
    }

    /** In force on the next request. */
    @PostMapping("/v1/keys/{keyId}/revocations")
    ResponseEntity<byte[]> revoke(Caller caller, @PathVariable String keyId) {
        revocations.revoke(caller, parse(keyId, "no such key is enrolled"));
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = "/v1/authority-lists", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> importAuthorities(Caller caller, @RequestBody byte[] body) throws MalformedException {
        ImportStatus status = authorities.begin(caller, body);
        return json(HttpStatus.CREATED, status);
    }

    @PostMapping("/v1/authority-lists/{list}/stops")
    ResponseEntity<byte[]> stopImport(Caller caller, @PathVariable String list) {
        return json(HttpStatus.CREATED, authorities.stop(caller, parse(list, "no such list is imported")));
    }

    /** Not signed by an enrolled key, so bounded here. A repeated claim is the same claim. */
    @PostMapping(path = "/enrolments", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> claim(HttpServletRequest request) throws IOException, MalformedException {
        byte[] body = request.getInputStream().readNBytes(EnrolmentRequest.MAX_BYTES + 1);
        if (body.length > EnrolmentRequest.MAX_BYTES) {
            throw new ProblemException(Problem.BODY_TOO_LARGE, "a claim has at most 128 KiB");
        }
        return json(HttpStatus.CREATED, enrolments.claim(Wire.read(body, EnrolmentRequest.class)));
    }

    private static Digest parse(String digest, String unknown) {
        try {
            return Digest.parse(digest);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.NOT_FOUND, unknown, e);
        }
    }

    private static ResponseEntity<byte[]> created(String location, Object body) {
        return ResponseEntity.created(URI.create(location))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Wire.write(body));
    }

    private static ResponseEntity<byte[]> json(HttpStatus status, Object body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Wire.write(body));
    }
}
