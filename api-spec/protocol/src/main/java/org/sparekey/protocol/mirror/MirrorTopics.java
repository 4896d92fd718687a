// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.mirror;

/**
 * Where one origin is mirrored: a topic for its entries and one for its checkpoints, one partition each. Entries carry
 * two headers and no key: a topic that somebody lets Kafka compact refuses records without a key, instead of keeping
 * only the last.
 */
public record MirrorTopics(String entries, String checkpoints) {

    /** Every topic of a mirror begins with it, so that one rule of an access list covers them. */
    public static final String PREFIX = "sparekey.";

    /** Header: the index in the log, decimal. */
    public static final String INDEX = "index";

    /** Header: the RFC 6962 leaf hash of the value, base64url. */
    public static final String LEAF_HASH = "leaf-hash";

    /** What Kafka allows in a name is less than an origin may hold; of what a host and a path hold, only the slash. */
    private static final String ORIGIN = "[A-Za-z0-9.-]{1,180}(/[A-Za-z0-9.-]{1,20}){1,3}";

    /** @throws IllegalArgumentException when the origin is not a host name and a path of letters, digits, dots, dashes */
    public static MirrorTopics of(String origin) {
        if (!origin.matches(ORIGIN)) {
            throw new IllegalArgumentException("an origin that cannot be the name of a topic: " + origin);
        }
        String name = PREFIX + origin.replace('/', '.');
        return new MirrorTopics(name + ".entries", name + ".checkpoints");
    }
}
