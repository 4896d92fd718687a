// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The bundle of an order, for its authority and for officers. Asking for it is an entry, and the last one in it. */
@RestController
class BundleController {

    /** How long a request waits for its own entry to be provable. */
    static final Duration PROOF_WAIT = Duration.ofSeconds(5);

    private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

    private final Orders orders;
    private final AuditLog log;
    private final BundleDesk desk;
    private final SecureRandom random;

    BundleController(Orders orders, AuditLog log, BundleDesk desk, SecureRandom random) {
        this.orders = orders;
        this.log = log;
        this.desk = desk;
        this.random = random;
    }

    @GetMapping("/v1/orders/{order}/bundle")
    ResponseEntity<byte[]> bundle(Caller caller, @PathVariable String order) {
        OrderId id = orders.visible(caller, order);
        OrderFile file = orders.file(id).orElseThrow(BundleController::absent);
        Optional<byte[]> freezing = desk.copyOf(file)
                .flatMap(OrderId::parse)
                .flatMap(orders::file)
                .map(frozen -> made(caller, frozen, Optional.empty()));
        byte[] bundle = made(caller, file, freezing);
        return ResponseEntity.ok().contentType(ZIP).body(bundle);
    }

    /** Of a freezing's bundle that another one encloses, too, it is entered who asked for it. */
    private byte[] made(Caller caller, OrderFile file, Optional<byte[]> freezing) {
        Digest asked = orders.record(
                file.id(),
                CaseEntry.BUNDLE_ASKED,
                new Actor(caller.role().name(), Optional.of(caller.messageKeyId())),
                Map.of(),
                BundleRequest.of(caller, file, random));
        // A crash here leaves an entry that says somebody asked; he asks again.
        return log.await(asked, PROOF_WAIT)
                .flatMap(recorded -> desk.bundle(file, asked, freezing))
                .orElseThrow(BundleController::unproven);
    }

    private static ProblemException unproven() {
        return new ProblemException(
                Problem.LOG_UNAVAILABLE, "the entry of this request is not in a checkpoint that counts yet");
    }

    private static ProblemException absent() {
        return new ProblemException(Problem.NOT_FOUND, "no such order");
    }
}
