// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.time.Duration;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.json.Wire;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The after-entry of the paper protocol, over HTTP. The statement's own digest makes a repeat harmless. */
@RestController
@ConditionalOnProperty("sparekey.evidence.directory")
class OutOfBandController {

    static final Duration RECEIPT_WAIT = Duration.ofSeconds(2);

    private final OutOfBand desk;
    private final AuditLog log;

    OutOfBandController(OutOfBand desk, AuditLog log) {
        this.desk = desk;
        this.log = log;
    }

    @PostMapping(path = "/v1/out-of-band-executions", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> enter(Caller caller, @RequestBody byte[] body) {
        OutOfBand.Entered entered = desk.enter(caller, body);
        boolean recorded = log.await(entered.entry(), RECEIPT_WAIT).isPresent();
        return ResponseEntity.status(recorded ? HttpStatus.CREATED : HttpStatus.ACCEPTED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Wire.write(entered));
    }
}
