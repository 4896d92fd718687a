// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

/** Carries a fault from the rule that found it up to the verdict; it never leaves this package. */
final class FaultException extends Exception {

    private static final long serialVersionUID = 1;

    private final SignatureFault fault;

    FaultException(SignatureFault fault) {
        super(fault.code(), null, false, false);
        this.fault = fault;
    }

    SignatureFault fault() {
        return fault;
    }

    static void unless(boolean holds, SignatureFault fault) throws FaultException {
        if (!holds) {
            throw new FaultException(fault);
        }
    }
}
