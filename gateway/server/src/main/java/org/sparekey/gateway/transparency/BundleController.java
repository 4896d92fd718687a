// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.time.Duration;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The bundle of an order, for its authority and for officers. */
@RestController
class BundleController {

    /** How long a request waits for the case's last entry to be provable. */
    static final Duration PROOF_WAIT = Duration.ofSeconds(5);

    private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

    private final Orders orders;
    private final AuditLog log;
    private final BundleDesk desk;

    BundleController(Orders orders, AuditLog log, BundleDesk desk) {
        this.orders = orders;
        this.log = log;
        this.desk = desk;
    }

    @GetMapping("/v1/orders/{order}/bundle")
    ResponseEntity<byte[]> bundle(Caller caller, @PathVariable String order) {
        OrderId id = orders.visible(caller, order);
        OrderFile file = orders.file(id).orElseThrow(BundleController::absent);
        if (log.await(orders.status(id).entry().leafHash(), PROOF_WAIT).isEmpty()) {
            throw new ProblemException(
                    Problem.LOG_UNAVAILABLE, "the order's last entry is not in a signed checkpoint yet");
        }
        return ResponseEntity.ok().contentType(ZIP).body(desk.bundle(file));
    }

    private static ProblemException absent() {
        return new ProblemException(Problem.NOT_FOUND, "no such order");
    }
}
