// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.CaseLink;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.protocol.json.Digest;

/** Enters what happens to one machine's disk, one behind the other. Under the lock of its row. */
final class DeletionCase {

    private final AuditLog log;
    private final DeletionTable deletions;
    private final Failpoint failpoint;

    DeletionCase(AuditLog log, DeletionTable deletions, Failpoint failpoint) {
        this.log = log;
        this.deletions = deletions;
        this.failpoint = failpoint;
    }

    /** A crash behind this line and before the commit undoes the entry with everything else. */
    Digest enter(Deletion row, DeletionStatement says, Actor actor, Map<String, String> clear, byte[] payload) {
        CaseLink place = row.chain();
        Digest leaf = log.append(new Statement(
                        says.log(), says.type(), actor, Optional.empty(), Optional.of(place), clear, payload))
                .leafHash();
        deletions.chain(row.id(), place.caseSeq(), leaf);
        failpoint.reached("deletions." + says.type());
        return leaf;
    }

    /** 2-architecture rule 5: a row that a restored database set back behind its log permits nothing. */
    boolean level(Deletion row) {
        CaseLink next = row.chain();
        return next.prev()
                .map(last -> log.matches(next.caseId(), next.caseSeq() - 1, last))
                .orElseGet(() -> log.ofCase(next.caseId()).isEmpty());
    }
}
