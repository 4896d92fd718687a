// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.RegistrationBatch;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What a reseller sends and sees. */
@RestController
class RegistryController {

    private final Registry registry;

    RegistryController(Registry registry) {
        this.registry = registry;
    }

    /** 201 with a proven receipt, 202 while the proof is to be fetched later. */
    @PostMapping(path = "/v1/registrations", consumes = RegistrationBatch.MEDIA_TYPE)
    ResponseEntity<byte[]> register(
            Caller caller, HttpServletRequest request, @RequestHeader("Idempotency-Key") String idempotencyKey)
            throws IOException {
        return switch (registry.register(reseller(caller), request.getInputStream(), idempotencyKey)) {
            case Registration.Refused refused -> throw new ProblemException(refused.problem(), refused.detail());
            case Registration.Receipted receipted -> created(receipted.receipt());
        };
    }

    @GetMapping("/v1/registrations/{batchId}/receipt")
    ResponseEntity<byte[]> receipt(Caller caller, @PathVariable UUID batchId) {
        BatchReceipt receipt = registry.receipt(reseller(caller), batchId)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no batch of yours has this id"));
        return json(HttpStatus.OK).body(Wire.write(receipt));
    }

    @GetMapping("/v1/registration-head")
    ResponseEntity<byte[]> head(Caller caller) {
        return json(HttpStatus.OK).body(Wire.write(registry.head(reseller(caller))));
    }

    @GetMapping("/v1/registry-view")
    ResponseEntity<byte[]> view(Caller caller) {
        return json(HttpStatus.OK).body(Wire.write(registry.view(reseller(caller))));
    }

    private static ResponseEntity<byte[]> created(BatchReceipt receipt) {
        HttpStatus status = receipt.proof().isPresent() ? HttpStatus.CREATED : HttpStatus.ACCEPTED;
        return json(status)
                .location(URI.create("/v1/registrations/" + receipt.batchId() + "/receipt"))
                .body(Wire.write(receipt));
    }

    private static ResponseEntity.BodyBuilder json(HttpStatus status) {
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
    }

    private static Caller reseller(Caller caller) {
        if (caller.role() != Role.RESELLER) {
            throw new ProblemException(Problem.FORBIDDEN, "only a reseller registers and sees his registry");
        }
        return caller;
    }
}
