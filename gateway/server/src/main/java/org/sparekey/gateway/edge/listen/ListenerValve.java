// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.listen;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Marks each request with the connector it came through, before anything reads it. */
final class ListenerValve extends ValveBase {

    private final Connector publicConnector;

    ListenerValve(Connector publicConnector) {
        super(true);
        this.publicConnector = publicConnector;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Listener listener = request.getConnector() == publicConnector ? Listener.PUBLIC : Listener.API;
        listener.mark(request);
        getNext().invoke(request, response);
    }
}
