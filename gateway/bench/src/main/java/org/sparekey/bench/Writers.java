// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work spread evenly over so many writers at once, on platform threads: no scheduler of ours is measured with them. */
record Writers(int count) {

    @FunctionalInterface
    interface Work {
        void once() throws Exception;
    }

    /** What one of several does. */
    @FunctionalInterface
    interface Share {
        void of(int writer) throws Exception;
    }

    /** Every writer does his own share. */
    void each(Share share) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < count; writer++) {
                int own = writer;
                running.add(threads.submit(() -> {
                    share.of(own);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    void run(int operations, Work work) throws InterruptedException, ExecutionException {
        each(writer -> {
            int share = operations / count + (writer < operations % count ? 1 : 0);
            for (int n = 0; n < share; n++) {
                work.once();
            }
        });
    }
}
