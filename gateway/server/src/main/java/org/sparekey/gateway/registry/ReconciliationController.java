// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.registration.RegistrationBatch;
import org.sparekey.protocol.signature.ContentDigest;
import org.sparekey.protocol.signature.MeasuredBody;
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

    /**
     * Signed like every answer, and therefore digested before its first byte leaves: it lies in a file meanwhile, whatever
     * its length. A crash here leaves the file in the process's temporary directory.
     */
    @GetMapping("/v1/registry-dump")
    void dump(Caller caller, HttpServletResponse response) throws IOException {
        PartyId reseller = reseller(caller).party();
        Path file = Files.createTempFile("sparekey-dump-", ".ndjson");
        try {
            MeasuredBody.Meter meter = new MeasuredBody.Meter();
            try (OutputStream lines = new BufferedOutputStream(new Both(Files.newOutputStream(file), meter))) {
                dump.write(reseller, lines);
            }
            MeasuredBody measured = meter.measured();
            response.setContentType(RegistrationBatch.MEDIA_TYPE);
            response.setHeader(
                    ContentDigest.FIELD,
                    ContentDigest.of(Digest.of(measured.sha256().array())).write());
            response.setContentLengthLong(measured.lengthBytes());
            Files.copy(file, response.getOutputStream());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** What goes to the file is digested on the way. */
    private static final class Both extends FilterOutputStream {

        private final OutputStream meter;

        Both(OutputStream file, OutputStream meter) {
            super(file);
            this.meter = meter;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
            meter.write(octet);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
            meter.write(bytes, from, count);
        }
    }

    private static Caller reseller(Caller caller) {
        if (caller.role() != Role.RESELLER) {
            throw new ProblemException(Problem.FORBIDDEN, "only a reseller sees what is held about him");
        }
        return caller;
    }
}
