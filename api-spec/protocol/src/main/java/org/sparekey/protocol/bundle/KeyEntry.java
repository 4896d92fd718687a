// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

/** The names that a log entry about a key has in clear. */
public final class KeyEntry {

    /** base64url of the key id. */
    public static final String KEY_ID = "keyId";

    public static final String ROLE = "role";
    public static final String STATUS = "status";
    public static final String ACTIVE = "active";

    private KeyEntry() {}
}
