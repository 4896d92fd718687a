// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.contract;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands in front of everything in a gateway under test and holds every answer against the contract, whoever asked: a
 * test's client, the SDK, the command. A breach does not leave the gateway, and is remembered for the test's end.
 */
public final class ContractFilter implements Filter {

    private static final List<AssertionError> BREACHES = new CopyOnWriteArrayList<>();

    private final int publicPort;

    /** @param publicPort the port of the listener whose answers are not signed */
    public ContractFilter(int publicPort) {
        this.publicPort = publicPort;
    }

    /** @throws AssertionError the first breach of any gateway in this JVM since the last call */
    public static void requireKept() {
        List<AssertionError> breaches = List.copyOf(BREACHES);
        BREACHES.clear();
        if (!breaches.isEmpty()) {
            throw breaches.getFirst();
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.isSecure()) {
            // The management listener is Spring's and no part of the contract.
            chain.doFilter(request, response);
            return;
        }
        HeldAnswer answer = new HeldAnswer((HttpServletResponse) response);
        chain.doFilter(request, answer);
        check((HttpServletRequest) request, answer);
        answer.send();
    }

    private void check(HttpServletRequest request, HeldAnswer answer) {
        Contract.Listener listener =
                request.getLocalPort() == publicPort ? Contract.Listener.PUBLIC : Contract.Listener.API;
        try {
            String path = request.getRequestURI();
            requireSigned(listener, path, answer);
            Contract.published().check(listener, request.getMethod(), path, answer.answer());
        } catch (AssertionError breach) {
            BREACHES.add(breach);
            throw breach;
        }
    }

    private static void requireSigned(Contract.Listener listener, String path, HeldAnswer answer) {
        if (listener == Contract.Listener.API && path.startsWith("/v1/") && !answer.containsHeader("Signature")) {
            throw new AssertionError("contract broken by " + path + ": the answer is not signed");
        }
    }
}
