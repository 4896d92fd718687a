// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.callback;

/** What came of the call. */
public enum CallBackOutcome {
    /** Whoever answered on the register's number knows the order and said its code. */
    CONFIRMED,
    /** Whoever answered says that the order is not theirs. */
    DENIED
}
