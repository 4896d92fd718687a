// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

/** Who could make a targeted copy of the asset. */
public enum CaptureMeans {
    HOSTER,
    NODE_AGENT,
    ON_SITE,
    NONE
}
