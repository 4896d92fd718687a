// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.start;

import java.util.List;

/** The gateway does not start, for reasons that an operator can read and mend. */
public final class StartupRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final List<String> reasons;

    /** @param reasons each one plain sentence */
    public StartupRefused(List<String> reasons) {
        super(String.join(" ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    public List<String> reasons() {
        return reasons;
    }
}
