// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;

/** What the log proves: the entries of the case and those that enrolled the keys. */
final class LogChecks {

    private final Findings findings;
    private final Members members;
    private final TrustFile trust;
    private final List<CaseLog> read = new ArrayList<>();

    LogChecks(Findings findings, Members members, TrustFile trust) {
        this.findings = findings;
        this.members = members;
        this.trust = trust;
    }

    /** @return whether there are entries to judge the rest by */
    boolean run() {
        findings.check("log entries", () -> {
            CaseLog log = CaseLog.read(members, BundleMembers.CASE_ENTRIES);
            read.add(log);
            return log.included(trust);
        });
        if (read.isEmpty()) {
            return false;
        }
        findings.check("sequence of the case", () -> caseLog().unbroken());
        findings.check("commitments", () -> caseLog().opened());
        return true;
    }

    CaseLog caseLog() {
        return read.get(0);
    }

    /**
     * Whether the log says that the key was enrolled for documents of this role, by then. Key entries carry key id and
     * status in clear (9-formats), so that key status can be rebuilt from the log alone.
     *
     * @param role as the entry has it, such as PROSECUTOR
     * @param by the entry of the case in which the key spoke
     */
    String enrolled(Digest keyId, String role, LogEntry by)
            throws ForgedException, MissingException, MalformedException {
        Optional<BundledEntry> found = Optional.empty();
        for (String folder : members.folders(BundleMembers.KEY_ENTRIES)) {
            BundledEntry entry = BundledEntry.read(members, folder);
            if (keyId.base64url().equals(entry.entry().clear().get(KeyEntry.KEY))) {
                entry.proven(members, trust);
                require(
                        !KeyEntry.REVOKED.equals(entry.entry().clear().get(KeyEntry.STATUS))
                                || entry.entry().time().isAfter(by.time()),
                        "the log says that the key " + keyId + " was revoked before");
                found = found.isPresent() ? found : Optional.of(entry);
            }
        }
        need(found.isPresent(), "no log entry that enrolled the key " + keyId + " is enclosed");
        BundledEntry entry = found.orElseThrow();
        Map<String, String> clear = entry.entry().clear();
        require(
                entry.entry().type().equals(KeyEntry.TYPE) && KeyEntry.ENROLLED.equals(clear.get(KeyEntry.STATUS)),
                "the entry of the key " + keyId + " does not enrol it");
        require(
                role.equals(clear.get(KeyEntry.ROLE)) && KeyEntry.DOCUMENT.equals(clear.get(KeyEntry.USE)),
                "the log enrolled the key " + keyId + " for something else");
        require(!entry.entry().time().isAfter(by.time()), "the key " + keyId + " was enrolled after it had signed");
        return "the log enrolled the key before";
    }
}
