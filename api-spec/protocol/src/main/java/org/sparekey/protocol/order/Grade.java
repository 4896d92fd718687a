// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

/** How sure the hoster is of an answer, judged at the asked instant. */
public enum Grade {
    CERTAIN,
    PROBABLE,
    AMBIGUOUS,
    UNKNOWN
}
