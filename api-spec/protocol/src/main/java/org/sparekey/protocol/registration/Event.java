// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

/** One wire event for every change, and one for the end. */
public enum Event {
    AMEND,
    END
}
