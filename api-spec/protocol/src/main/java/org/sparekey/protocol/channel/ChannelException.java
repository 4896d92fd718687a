// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.io.IOException;

/** No answer that can be believed came. The message holds no secret and no content. */
public final class ChannelException extends IOException {

    private static final long serialVersionUID = 1;

    private final ChannelFailure failure;

    ChannelException(ChannelFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    ChannelException(ChannelFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public ChannelFailure failure() {
        return failure;
    }
}
