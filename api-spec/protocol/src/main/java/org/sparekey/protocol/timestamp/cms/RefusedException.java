// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp.cms;

import org.sparekey.protocol.timestamp.TimeStampFault;

/** A coded reason on its way up to the verdict. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final TimeStampFault fault;

    RefusedException(TimeStampFault fault) {
        super(fault.code());
        this.fault = fault;
    }

    RefusedException(TimeStampFault fault, Throwable cause) {
        super(fault.code(), cause);
        this.fault = fault;
    }

    TimeStampFault fault() {
        return fault;
    }

    static void require(boolean holds, TimeStampFault otherwise) throws RefusedException {
        if (!holds) {
            throw new RefusedException(otherwise);
        }
    }
}
