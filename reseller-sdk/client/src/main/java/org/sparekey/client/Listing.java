// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

/** What the absence of a machine from a listing means. Not seen is not removed, unless the listing is provably whole. */
public enum Listing {
    /** Nothing: a node was not reachable, a file was cut. Nothing is ended. */
    PARTIAL,
    /** It is gone, and is ended; but not when more than a fifth of all machines are gone at once, or every one. */
    COMPLETE,
    /** The same, and a person has said that so many are gone. */
    COMPLETE_AND_CONFIRMED
}
