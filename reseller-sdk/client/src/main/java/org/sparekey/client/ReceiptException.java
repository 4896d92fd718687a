// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.io.IOException;
import org.sparekey.protocol.registration.ReceiptCheck;

/** The gateway answered with a receipt that does not hold: keep it, it is evidence against the gateway. */
public final class ReceiptException extends IOException {

    private static final long serialVersionUID = 1;

    private final ReceiptCheck.Outcome outcome;

    ReceiptException(ReceiptCheck.Outcome outcome) {
        super("the gateway's receipt does not hold: " + outcome);
        this.outcome = outcome;
    }

    public ReceiptCheck.Outcome outcome() {
        return outcome;
    }
}
