// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.gateway.auditlog.AuditLog;

/** Compares each open order with the log at start (2-architecture, rule 5): a row behind its log is frozen. */
final class Levelling {

    private static final Logger LOG = LoggerFactory.getLogger(Levelling.class);

    private final OrderTable orders;
    private final AuditLog log;

    Levelling(OrderTable orders, AuditLog log) {
        this.orders = orders;
        this.log = log;
    }

    void level() {
        for (OrderRow row : orders.open()) {
            if (behind(row)) {
                orders.freeze(row.id());
                LOG.error("order {} is not level with its log and is frozen: restored-behind-log", row.id());
            }
        }
    }

    /** Another replica may be at work: a row that moved on while the log was read is read again. */
    private boolean behind(OrderRow read) {
        OrderRow row = read;
        while (!log.matches(row.id().code(), row.chain().caseSeq(), row.chain().lastLeaf())) {
            OrderRow again = orders.find(row.id()).orElseThrow();
            if (again.chain().equals(row.chain())) {
                return true;
            }
            row = again;
        }
        return false;
    }
}
