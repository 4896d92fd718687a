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
            if (!log.matches(row.id().code(), row.chain().caseSeq(), row.chain().lastLeaf())) {
                orders.freeze(row.id());
                LOG.error("order {} is not level with its log and is frozen: restored-behind-log", row.id());
            }
        }
    }
}
