// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparekey.protocol.signature.Fields;
import org.sparekey.protocol.signature.Message;

/** One request under {@code /v1} as signatures see it, and what became known about it on its way in. */
final class Exchange {

    private static final String ATTRIBUTE = Exchange.class.getName();

    private final String requestId;
    private final Message.Request message;
    private boolean verified;

    private Exchange(String requestId, Message.Request message) {
        this.requestId = requestId;
        this.message = message;
    }

    /** The target URI is rebuilt from the configured origin and the request line's bytes, never from Host. */
    static Exchange begin(HttpServletRequest request, String origin, String requestId) {
        String query = request.getQueryString();
        String uri = origin + request.getRequestURI() + (query == null ? "" : "?" + query);
        Exchange exchange = new Exchange(requestId, new Message.Request(request.getMethod(), uri, headers(request)));
        request.setAttribute(ATTRIBUTE, exchange);
        return exchange;
    }

    static Exchange of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Exchange exchange) {
            return exchange;
        }
        throw new IllegalStateException("a request that did not come through the answer filter");
    }

    String requestId() {
        return requestId;
    }

    Message.Request message() {
        return message;
    }

    /** From now on the answer is bound to the request's own signature. */
    void verified() {
        verified = true;
    }

    boolean isVerified() {
        return verified;
    }

    private static Fields headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.computeIfAbsent(name.toLowerCase(java.util.Locale.ROOT), key -> new ArrayList<>());
        }
        headers.forEach((name, lines) -> lines.addAll(Collections.list(request.getHeaders(name))));
        return Fields.of(headers);
    }
}
