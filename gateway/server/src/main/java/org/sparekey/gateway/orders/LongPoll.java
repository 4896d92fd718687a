// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/**
 * How a caller asks to be told of a change. In the query and not in a header, because the request's signature covers the
 * target URI.
 *
 * @param seen the version that he knows
 * @param atMost 1 to 30 seconds
 */
record LongPoll(long seen, Duration atMost) {

    static final int MAX_SECONDS = 30;

    /** For whom there was no room to wait. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]?");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");

    /** Empty where he does not want to wait. @throws ProblemException MALFORMED_REQUEST */
    static Optional<LongPoll> asked(@Nullable String wait, @Nullable String version) {
        if (wait == null && version == null) {
            return Optional.empty();
        }
        if (wait == null || version == null || !SECONDS.matcher(wait).matches() || !isVersion(version)) {
            throw malformed();
        }
        int seconds = Integer.parseInt(wait);
        if (seconds > MAX_SECONDS) {
            throw malformed();
        }
        return Optional.of(new LongPoll(Long.parseLong(version), Duration.ofSeconds(seconds)));
    }

    private static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    private static ProblemException malformed() {
        return new ProblemException(
                Problem.MALFORMED_REQUEST, "wait is 1 to 30 seconds, and goes with the version that you know");
    }
}
