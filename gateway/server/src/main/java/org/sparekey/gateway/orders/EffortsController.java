// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.signature.ContentDigest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What orders cost the hoster, for his claim on the state. */
@RestController
@RequestMapping("/v1/efforts")
class EffortsController {

    private static final String CSV = "text/csv";

    private final Orders orders;

    EffortsController(Orders orders) {
        this.orders = orders;
    }

    /**
     * Signed like every answer, and therefore digested before its first byte leaves: it lies in a file meanwhile, whatever
     * its length. A crash here leaves the file in the process's temporary directory.
     */
    @GetMapping
    void efforts(Caller caller, HttpServletResponse response) throws IOException {
        Path file = Files.createTempFile("sparekey-efforts-", ".csv");
        try {
            MessageDigest sha256 = sha256();
            try (OutputStream csv =
                    new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), sha256)) {
                orders.efforts(caller, csv);
            }
            response.setContentType(CSV);
            response.setHeader(
                    ContentDigest.FIELD,
                    ContentDigest.of(Digest.of(sha256.digest())).write());
            response.setContentLengthLong(Files.size(file));
            Files.copy(file, response.getOutputStream());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
