// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Optional;
import java.util.UUID;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.json.Wire;

/**
 * Who looked, or was refused to look; payload of its entry.
 *
 * @param orderId the issuer's id; absent where no order has the reference that was asked for
 */
record LookRecord(int v, String type, Optional<UUID> orderId, String party, String person, String what) {

    private static final int VERSION = 1;

    static byte[] bytes(OrderStatement says, Optional<UUID> orderId, Caller caller, String what) {
        return Wire.write(
                new LookRecord(VERSION, says.type(), orderId, caller.party().value(), caller.person(), what));
    }
}
