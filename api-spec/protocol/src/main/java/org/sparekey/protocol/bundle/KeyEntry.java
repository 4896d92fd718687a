// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

/** The type of a log entry about a key, and the names that it has in clear (9-formats, "Log"). */
public final class KeyEntry {

    public static final String TYPE = "parties.key";

    /** base64url of the key id. */
    public static final String KEY = "key";

    public static final String ROLE = "role";
    public static final String USE = "use";
    public static final String STATUS = "status";
    public static final String ENROLLED = "enrolled";
    public static final String REVOKED = "revoked";

    /** The use of keys that sign documents and decisions. */
    public static final String DOCUMENT = "DOCUMENT";

    private KeyEntry() {}
}
