// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.io.IOException;

/** One way out of the house. */
interface Channel {

    /** Stable: it names the notices that are still due. */
    String name();

    /** @throws IOException when it is not certain that the notice has arrived: it is sent again, perhaps twice */
    void send(Notice notice) throws IOException;
}
