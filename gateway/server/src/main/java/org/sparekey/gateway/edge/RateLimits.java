// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/**
 * So many requests a minute for each enrolled connection key, told with every answer (RateLimit header fields, draft 11).
 * Counted per process: a limit against overload, not a rule of the law.
 */
final class RateLimits {

    static final String POLICY = "RateLimit-Policy";
    static final String LIMIT = "RateLimit";
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** More keys than are ever enrolled with one hoster; the eldest window is forgotten beyond it. */
    static final int MAX_KEYS = 10_000;

    private final int quota;
    private final InstantSource clock;
    private final Map<Digest, Window> windows = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Window> eldest) {
            return size() > MAX_KEYS;
        }
    };

    RateLimits(int quota, InstantSource clock) {
        this.quota = quota;
        this.clock = clock;
    }

    /** @throws ProblemException TOO_MANY_REQUESTS beyond the quota */
    void take(Digest key, HttpServletResponse response) {
        long now = clock.instant().getEpochSecond();
        Window window = count(key, now);
        long reset = Math.max(1, window.start() + WINDOW.toSeconds() - now);
        response.setHeader(POLICY, "\"key\";q=" + quota + ";w=" + WINDOW.toSeconds());
        response.setHeader(LIMIT, "\"key\";r=" + Math.max(0, quota - window.count()) + ";t=" + reset);
        if (window.count() > quota) {
            response.setHeader("Retry-After", Long.toString(reset));
            throw new ProblemException(Problem.TOO_MANY_REQUESTS, "at most " + quota + " requests a minute");
        }
    }

    private synchronized Window count(Digest key, long now) {
        Window old = windows.get(key);
        Window counted = old == null || now < old.start() || now >= old.start() + WINDOW.toSeconds()
                ? new Window(now, 1)
                : new Window(old.start(), old.count() + 1);
        windows.put(key, counted);
        return counted;
    }

    private record Window(long start, int count) {}
}
