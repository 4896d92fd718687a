// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import org.sparekey.gateway.parties.Caller;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What orders cost the hoster, for his claim on the state. */
@RestController
@RequestMapping("/v1/efforts")
class EffortsController {

    private static final MediaType CSV = MediaType.parseMediaType("text/csv");

    private final Orders orders;

    EffortsController(Orders orders) {
        this.orders = orders;
    }

    @GetMapping
    ResponseEntity<byte[]> efforts(Caller caller) {
        return ResponseEntity.ok().contentType(CSV).body(orders.efforts(caller));
    }
}
