// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the sentences instead of a stack trace. Found through {@code META-INF/spring.factories}. */
final class StartupRefusedAnalyzer extends AbstractFailureAnalyzer<StartupRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable root, StartupRefused cause) {
        return new FailureAnalysis(String.join(System.lineSeparator(), cause.reasons()), null, cause);
    }
}
