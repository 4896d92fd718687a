// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

/** Hears how far a download is; called from the thread that downloads. */
@FunctionalInterface
public interface DownloadProgress {

    DownloadProgress NONE = (bytes, total) -> {};

    /** So many bytes of the whole are on disk. */
    void at(long bytes, long total);
}
