// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

/** The layer a key speaks on. A key serves one layer only: a connection's key can never sign an order. */
public enum KeyUse {
    TLS,
    MESSAGE,
    DOCUMENT
}
