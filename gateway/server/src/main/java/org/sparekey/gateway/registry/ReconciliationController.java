// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.io.ByteArrayOutputStream;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.registration.RegistrationBatch;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A reseller's own picture, and all that is held about him. */
@RestController
class ReconciliationController {

    private final Reconciliation reconciliation;
    private final RegistryDump dump;

    ReconciliationController(Reconciliation reconciliation, RegistryDump dump) {
        this.reconciliation = reconciliation;
        this.dump = dump;
    }

    @GetMapping("/v1/reconciliation")
    ResponseEntity<byte[]> view(Caller caller) {
        byte[] view = Wire.write(reconciliation.view(reseller(caller).party()));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(view);
    }

    /** Signed like every answer, and therefore digested before its first byte leaves. */
    @GetMapping("/v1/registry-dump")
    ResponseEntity<byte[]> dump(Caller caller) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        dump.write(reseller(caller).party(), lines);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(RegistrationBatch.MEDIA_TYPE))
                .body(lines.toByteArray());
    }

    private static Caller reseller(Caller caller) {
        if (caller.role() != Role.RESELLER) {
            throw new ProblemException(Problem.FORBIDDEN, "only a reseller sees what is held about him");
        }
        return caller;
    }
}
