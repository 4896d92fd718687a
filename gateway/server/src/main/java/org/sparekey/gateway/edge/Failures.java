// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what nobody expected, under the request's id. Kinds and places only: an exception's message may quote
 * a name, an address or a secret, and those do not belong in a log line.
 */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int MAX_CAUSES = 8;
    private static final int MAX_FRAMES = 12;

    private Failures() {}

    static void unexpected(String requestId, Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            text.append(i == 0 ? "" : " caused by ").append(cause.getClass().getName());
            text.append(Arrays.stream(cause.getStackTrace())
                    .limit(MAX_FRAMES)
                    .map(StackTraceElement::toString)
                    .collect(Collectors.joining(" < ", " at ", "")));
            cause = cause.getCause();
        }
        LOG.error("request {} failed: {}", requestId, text);
    }
}
