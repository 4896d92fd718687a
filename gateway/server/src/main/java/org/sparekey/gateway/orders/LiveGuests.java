// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.IOException;
import java.util.Optional;
import org.sparekey.capture.Guest;

/** The hypervisors' word on one guest, as it is now. */
@FunctionalInterface
interface LiveGuests {

    Optional<Guest> find(String cluster, String uuid) throws IOException;
}
