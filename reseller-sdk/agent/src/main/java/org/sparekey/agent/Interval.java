// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as people write it: {@code 15m}, {@code 2h}. */
final class Interval {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3})([mh])");

    private Interval() {}

    static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int count = Integer.parseInt(form.group(1));
        return Optional.of(form.group(2).equals("m") ? Duration.ofMinutes(count) : Duration.ofHours(count));
    }
}
