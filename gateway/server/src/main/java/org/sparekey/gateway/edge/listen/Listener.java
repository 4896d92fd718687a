// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.listen;

import jakarta.servlet.ServletRequest;
import java.util.Optional;

/** Through which of our doors a request came. The valve says so, never the request. */
public enum Listener {
    /** Mutual TLS; {@code /v1} signed both ways; the token endpoint. */
    API,
    /** TLS without client certificates: what everybody may read. */
    PUBLIC;

    private static final String ATTRIBUTE = Listener.class.getName();

    /** Empty on the management listener, which has neither valve nor rooms. */
    public static Optional<Listener> of(ServletRequest request) {
        return Optional.ofNullable((Listener) request.getAttribute(ATTRIBUTE));
    }

    void mark(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
