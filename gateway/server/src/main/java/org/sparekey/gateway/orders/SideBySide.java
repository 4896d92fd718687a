// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Does what does not depend on each other at the same time, and no more of it at once than the machine bears. */
final class SideBySide {

    /** Of all orders together: a check costs a tenth of a second of one core. Nothing that has a place waits for anybody. */
    static final int AT_ONCE = 16;

    private final Semaphore places = new Semaphore(AT_ONCE);

    /** The results in the order of the calls; the first exception of a call, when one fails. */
    <T> List<T> all(List<Callable<T>> calls) {
        return together(
                calls.stream().<Callable<T>>map(call -> () -> placed(call)).toList());
    }

    /** The same for calls that know their own places and their own end. */
    static <T> List<T> together(List<Callable<T>> calls) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = calls.stream().map(threads::submit).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while documents were checked", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failed
                    ? failed
                    : new IllegalStateException("a check that ran beside others failed", e.getCause());
        }
    }

    private <T> T placed(Callable<T> call) throws Exception {
        places.acquire();
        try {
            return call.call();
        } finally {
            places.release();
        }
    }
}
