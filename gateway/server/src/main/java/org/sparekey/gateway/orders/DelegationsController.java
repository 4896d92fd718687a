// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.approval.DelegationStatus;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Officers' delegations over HTTP. */
@RestController
@RequestMapping("/v1/delegations")
class DelegationsController {

    private static final Pattern IDEMPOTENCY_FORM = Pattern.compile("[!-~]{1,128}");

    private final Delegations delegations;

    DelegationsController(Delegations delegations) {
        this.delegations = delegations;
    }

    /** At most 200, newest first. */
    record DelegationList(List<DelegationStatus> delegations) {}

    @PostMapping(consumes = "application/jose")
    ResponseEntity<byte[]> give(
            Caller caller,
            @RequestBody byte[] document,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        if (idempotencyKey == null || !IDEMPOTENCY_FORM.matcher(idempotencyKey).matches()) {
            throw new ProblemException(
                    Problem.MISSING_IDEMPOTENCY_KEY, "send an Idempotency-Key of 1 to 128 visible characters");
        }
        String compact = new String(document, StandardCharsets.US_ASCII);
        Digest given = delegations.give(caller, compact, idempotencyKey).delegation();
        return json(HttpStatus.CREATED, delegations.awaited(given));
    }

    @GetMapping
    ResponseEntity<byte[]> list(Caller caller) {
        return json(HttpStatus.OK, new DelegationList(delegations.list(caller)));
    }

    @PostMapping("/{delegation}/revocations")
    ResponseEntity<byte[]> revoke(Caller caller, @PathVariable String delegation) {
        return json(HttpStatus.CREATED, delegations.revoke(caller, digest(delegation)));
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException noDigest) {
            throw new ProblemException(Problem.NOT_FOUND, "no such delegation", noDigest);
        }
    }

    private static ResponseEntity<byte[]> json(HttpStatus status, Object body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Wire.write(body));
    }
}
