// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.listen;

import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;

/** Where the server really listens, which matters when a configured port is 0. */
public final class Ports {

    private volatile @Nullable Connector api;
    private volatile @Nullable Connector open;

    Ports() {}

    void api(Connector connector) {
        api = connector;
    }

    void open(Connector connector) {
        open = connector;
    }

    /** @throws IllegalStateException before the server has started */
    public int api() {
        return port(api);
    }

    /** @throws IllegalStateException before the server has started */
    public int open() {
        return port(open);
    }

    private static int port(@Nullable Connector connector) {
        if (connector == null || connector.getLocalPort() < 1) {
            throw new IllegalStateException("the listener is not open");
        }
        return connector.getLocalPort();
    }
}
