// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries what is due for one order, so that one that cannot be gone on with stops no other. Kinds and places only are written
 * down: an exception's message may quote a name or an address.
 */
final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final int MAX_CAUSES = 8;
    private static final int MAX_FRAMES = 12;

    private Attempts() {}

    /** Whatever failed is as it was before: its transaction is gone. @return whether it was done */
    static boolean done(String what, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            LOG.warn("{} failed and is tried again: {}", what, text(e));
            return false;
        }
    }

    private static String text(Throwable failure) {
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
        return text.toString();
    }
}
