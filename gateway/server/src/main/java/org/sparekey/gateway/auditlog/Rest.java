// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

/** How the log's runner waits, and by what time: the machine's own, or one that a test lets pass. */
interface Rest {

    /** As {@link System#nanoTime}. */
    long nanoTime();

    /** As {@link Arrivals#await}. */
    void await(Arrivals arrivals, long seen, long nanos) throws InterruptedException;

    /** The machine's own. */
    Rest REAL = new Rest() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void await(Arrivals arrivals, long seen, long nanos) throws InterruptedException {
            arrivals.await(seen, nanos);
        }
    };
}
