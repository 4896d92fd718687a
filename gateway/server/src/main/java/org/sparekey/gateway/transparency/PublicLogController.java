// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The registry log on the public listener: checkpoints and hash tiles, which prove themselves, and never an entry. */
@RestController
class PublicLogController {

    private final LogFiles files;

    PublicLogController(AuditLog log) {
        this.files = new LogFiles(log);
    }

    @GetMapping("/log/registry/{*path}")
    ResponseEntity<byte[]> registry(@PathVariable String path) {
        return files.answer(LogName.REGISTRY, path, false);
    }
}
