// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.nbd;

import java.time.Duration;

/** What a server may do to us at most. */
final class NbdLimits {

    /** From the request to its last byte; a disk that needs longer for 4 MiB is not worth waiting for. */
    static final Duration REQUEST = Duration.ofSeconds(60);

    /** A listing, an error text or an export's name. */
    static final int OPTION_REPLY_BYTES = 64 << 10;

    static final int OPTION_REPLIES = 1000;
    static final int READ_BYTES = 4 << 20;
    static final int ERROR_BYTES = 4 << 10;

    /** One block status reply: a quarter of a million runs. */
    static final int STATUS_BYTES = 2 << 20;

    static final int STATUS_SPAN_BYTES = 1 << 30;
    static final int CHUNKS_PER_REPLY = 1 << 16;
    static final int NAME_BYTES = 4 << 10;

    private NbdLimits() {}
}
