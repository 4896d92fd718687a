// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.start;

import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Prints our sentences instead of a stack trace: those of a {@link StartupRefused}, and the one sentence of a room that
 * lacks its configuration. Found through {@code META-INF/spring.factories}.
 */
final class StartupRefusedAnalyzer implements FailureAnalyzer {

    private static final String OURS = "org.sparekey.";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<String> sentences = sentences(cause);
            if (sentences.isPresent()) {
                return new FailureAnalysis(sentences.get(), null, cause);
            }
        }
        return null;
    }

    private static Optional<String> sentences(Throwable cause) {
        if (cause instanceof StartupRefused refused) {
            return Optional.of(String.join(System.lineSeparator(), refused.reasons()));
        }
        Optional<String> message = Optional.ofNullable(cause.getMessage()).filter(text -> text.endsWith("."));
        boolean expected = cause instanceof IllegalStateException || cause instanceof UncheckedIOException;
        return expected && thrownByUs(cause) ? message : Optional.empty();
    }

    private static boolean thrownByUs(Throwable cause) {
        StackTraceElement[] frames = cause.getStackTrace();
        return frames.length > 0 && frames[0].getClassName().startsWith(OURS);
    }
}
