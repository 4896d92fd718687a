// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

/**
 * How many machines of a listing became what.
 *
 * @param read from the listing
 * @param unchanged registered as they are, not sent
 * @param registered sent and accepted, ends included
 * @param refused sent, and the line had no effect
 * @param ended of those registered: no longer in the complete listing
 * @param endsWithheld no longer in the listing, and too many at once to be believed: not sent
 * @param batches sent and answered
 */
public record SyncCount(
        long read, long unchanged, long registered, long refused, long ended, long endsWithheld, int batches) {

    static final SyncCount NONE = new SyncCount(0, 0, 0, 0, 0, 0, 0);

    SyncCount oneRead(boolean changed) {
        return new SyncCount(
                read + 1, unchanged + (changed ? 0 : 1), registered, refused, ended, endsWithheld, batches);
    }

    SyncCount batch(long accepted, long bad, long ends) {
        return new SyncCount(
                read, unchanged, registered + accepted, refused + bad, ended + ends, endsWithheld, batches + 1);
    }

    SyncCount withheld(long ends) {
        return new SyncCount(read, unchanged, registered, refused, ended, ends, batches);
    }
}
