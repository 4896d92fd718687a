// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.AuthorityReport;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The kill-switch of an authority, and the report of everything it ever received. */
@RestController
@RequestMapping("/v1/authorities/{authority}")
class AuthoritiesController {

    private final Orders orders;

    AuthoritiesController(Orders orders) {
        this.orders = orders;
    }

    @GetMapping("/report")
    ResponseEntity<byte[]> report(
            Caller caller,
            @PathVariable String authority,
            @RequestParam(name = "behind", required = false) @Nullable String behind) {
        return json(HttpStatus.OK, orders.authorityReport(caller, authority, behind(behind)));
    }

    @PostMapping("/suspensions")
    ResponseEntity<byte[]> suspend(Caller caller, @PathVariable String authority) {
        return json(HttpStatus.CREATED, orders.suspendAuthority(caller, authority));
    }

    @PostMapping(path = "/resumptions", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> resume(Caller caller, @PathVariable String authority, @RequestBody byte[] body)
            throws MalformedException {
        return json(HttpStatus.CREATED, orders.resumeAuthority(caller, authority, body));
    }

    private static Optional<OrderId> behind(@Nullable String code) {
        if (code == null) {
            return Optional.empty();
        }
        Optional<OrderId> known = OrderId.parse(code);
        if (known.isEmpty()) {
            throw new ProblemException(Problem.MALFORMED_REQUEST, "behind is the code of an order");
        }
        return known;
    }

    private static ResponseEntity<byte[]> json(HttpStatus status, AuthorityReport report) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Wire.write(report));
    }
}
