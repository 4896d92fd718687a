// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * How often and after which wait a call is tried again. The wait is drawn evenly from zero to a bound that doubles (full
 * jitter), so that clients that failed together do not come back together. A refusal below 500 is final, but for the
 * statuses that say "later" (408, 425, 429).
 *
 * @param attempts the first included; 1 = never again
 * @param base bound of the first wait
 * @param most bound of every wait
 */
public record Retries(int attempts, Duration base, Duration most) {

    /** Four attempts within about 1.75 s of waiting on average. */
    public static final Retries USUAL = new Retries(4, Duration.ofMillis(500), Duration.ofSeconds(20));

    public static final Retries NONE = new Retries(1, Duration.ZERO, Duration.ZERO);

    /** What a gateway may make a client wait by Retry-After (RFC 9110 section 10.2.3); more is cut to this. */
    public static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

    private static final int FIRST_SERVER_ERROR = 500;
    private static final int MOST_DOUBLINGS = 30;
    private static final Set<Integer> LATER = Set.of(408, 425, 429);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    public Retries {
        if (attempts < 1 || base.isNegative() || most.compareTo(base) < 0) {
            throw new IllegalArgumentException("at least one attempt, and waits that do not shrink");
        }
    }

    static boolean passes(int status) {
        return status >= FIRST_SERVER_ERROR || LATER.contains(status);
    }

    /**
     * The wait after a failed attempt, at least what the gateway asked for.
     *
     * @param failed how many attempts have failed, from 1
     */
    Duration wait(int failed, Optional<Duration> asked, RandomGenerator random) {
        long doubled = base.toMillis() << Math.min(failed - 1, MOST_DOUBLINGS);
        long bound = doubled < 0 ? most.toMillis() : Math.min(doubled, most.toMillis());
        Duration jitter = Duration.ofMillis(random.nextLong(bound + 1));
        return asked.map(after -> after.plus(jitter)).orElse(jitter);
    }

    /** Seconds or a date; anything else is as if it had not been said. */
    static Optional<Duration> retryAfter(Optional<String> field, Instant now) {
        return field.flatMap(text -> SECONDS.matcher(text).matches()
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                        : date(text).map(date -> Duration.between(now, date)))
                .filter(after -> !after.isNegative())
                .map(after -> after.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : after);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }
}
