// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

/** What an officer decides: keep a sealed copy, let it go to the authority, or refuse. */
public enum Decision {
    SECURE,
    RELEASE,
    REFUSE
}
