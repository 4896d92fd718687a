// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.gateway.orders.Orders;

/** Keeps the lease while a capture runs, and ends the capture when the lease or the ticket's time is lost. */
final class Watch {

    /** A lease that ends within this is renewed: long enough for a slow database, short against a lease. */
    static final Duration RENEW_BEFORE = Duration.ofSeconds(30);

    private final Orders orders;
    private final Attempt attempt;
    private final InstantSource clock;
    private final Failpoint failpoint;
    private ApprovedOrder order;
    private Instant renewAt;

    Watch(Orders orders, ApprovedOrder order, Attempt attempt, InstantSource clock, Failpoint failpoint) {
        this.orders = orders;
        this.order = order;
        this.attempt = attempt;
        this.clock = clock;
        this.failpoint = failpoint;
        this.renewAt = order.lease().until().minus(RENEW_BEFORE);
    }

    /** Ends a capture from inside its own progress; the pipeline aborts the job on its way out. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String code;

        Stopped(String code) {
            super(code);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    void progress(long done, long total) {
        failpoint.reached("evidence.reading");
        Instant now = clock.instant();
        if (!now.isBefore(attempt.expiresAt())) {
            throw new Stopped(AttemptOutcome.EXPIRED);
        }
        if (!now.isBefore(renewAt)) {
            order = orders.renew(order).orElseThrow(() -> new Stopped(AttemptOutcome.LOST));
            Instant next = order.lease().until().minus(RENEW_BEFORE);
            renewAt = next.isAfter(now) ? next : now.plusSeconds(1);
        }
    }
}
