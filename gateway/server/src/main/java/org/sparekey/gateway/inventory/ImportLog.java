// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;

/** Enters an import into the log, in the transaction that makes it: who had an address is never changed unseen. */
final class ImportLog {

    private static final int SALT_BYTES = 32;

    private final AuditLog log;
    private final SecureRandom random;

    ImportLog(AuditLog log, SecureRandom random) {
        this.log = log;
        this.random = random;
    }

    /** The file itself is too large for an entry; its digest names it. */
    record ImportStatement(int v, String type, Digest file, int rows, Bytes salt) {}

    void imported(String type, byte[] file, int rows) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        ImportStatement statement = new ImportStatement(1, type, Digest.sha256(file), rows, Bytes.of(salt));
        log.append(new Statement(
                LogName.CASE,
                type,
                Actor.GATEWAY,
                Optional.empty(),
                Optional.empty(),
                Map.of("rows", Integer.toString(rows)),
                Wire.write(statement)));
    }
}
