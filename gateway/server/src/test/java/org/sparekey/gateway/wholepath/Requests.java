// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every URL that reached the gateway or was answered by it, and every token that was shown to it. */
final class Requests implements Filter {

    private final List<String> urls = new CopyOnWriteArrayList<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    List<String> urls() {
        return List.copyOf(urls);
    }

    Set<String> tokens() {
        return Set.copyOf(tokens);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        urls.add(http.getMethod() + " " + http.getRequestURL() + "?" + http.getQueryString());
        Optional.ofNullable(http.getHeader("authorization"))
                .map(header -> header.replaceFirst("Bearer ", ""))
                .filter(token -> !token.isEmpty())
                .ifPresent(tokens::add);
        chain.doFilter(request, response);
        Optional.ofNullable(((HttpServletResponse) response).getHeader("location"))
                .ifPresent(urls::add);
    }
}
