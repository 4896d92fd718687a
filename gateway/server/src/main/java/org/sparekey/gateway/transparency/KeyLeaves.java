// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Recorded;
import org.sparekey.protocol.bundle.KeyEntry;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.log.LogEntry;

/** Follows the case log through its shards and remembers which entries are about which key. Reads each recorded entry once. */
final class KeyLeaves {

    private static final int PAGE = 256;

    private final AuditLog log;
    private final Map<String, List<EntryText>> byKey = new HashMap<>();
    private Optional<Recorded> last = Optional.empty();

    KeyLeaves(AuditLog log) {
        this.log = log;
    }

    /** The entries about the key, oldest first. */
    synchronized List<EntryText> of(Digest keyId) {
        follow();
        return List.copyOf(byKey.getOrDefault(keyId.base64url(), List.of()));
    }

    private void follow() {
        for (List<EntryText> page = page(); !page.isEmpty(); page = page()) {
            for (EntryText entry : page) {
                LogEntry parsed = entry.parsed();
                if (parsed.type().equals(KeyEntry.TYPE) && parsed.clear().containsKey(KeyEntry.KEY)) {
                    byKey.computeIfAbsent(parsed.clear().get(KeyEntry.KEY), _ -> new ArrayList<>())
                            .add(entry);
                }
                last = Optional.of(entry.recorded());
            }
        }
    }

    private List<EntryText> page() {
        return log.after(LogName.CASE, last, PAGE);
    }
}
