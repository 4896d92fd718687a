// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.callback;

/** Whose word is asked for. */
public enum CallBackSubject {
    /** That he issued the order. */
    ISSUER,
    /** That he authorised it, under the reference that the order names. */
    VALIDATOR
}
