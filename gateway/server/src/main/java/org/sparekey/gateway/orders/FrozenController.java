// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which orders are frozen behind their log, and two officers' word about one of them. */
@RestController
@RequestMapping("/v1/frozen-orders")
class FrozenController {

    private final Orders orders;

    FrozenController(Orders orders) {
        this.orders = orders;
    }

    @GetMapping
    ResponseEntity<byte[]> list(Caller caller) {
        return json(HttpStatus.OK, orders.frozen(caller));
    }

    @PostMapping(path = "/{order}/thaws", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> thaw(Caller caller, @PathVariable String order, @RequestBody byte[] body)
            throws MalformedException {
        Acceptance accepted = orders.thaw(caller, order, body);
        return json(HttpStatus.CREATED, orders.status(accepted.id()));
    }

    private static ResponseEntity<byte[]> json(HttpStatus status, Object body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Wire.write(body));
    }
}
