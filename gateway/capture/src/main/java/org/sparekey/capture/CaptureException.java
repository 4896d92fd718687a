// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture;

import java.io.IOException;

/** A refusal with its code; every other {@link IOException} of a capture is a fault and not a decision. */
public final class CaptureException extends IOException {

    private static final long serialVersionUID = 1;

    private final CaptureRefusal refusal;

    /** @param words one sentence in our own words, without content of the guest */
    public CaptureException(CaptureRefusal refusal, String words) {
        super(words);
        this.refusal = refusal;
    }

    public CaptureException(CaptureRefusal refusal, String words, Throwable cause) {
        super(words, cause);
        this.refusal = refusal;
    }

    public CaptureRefusal refusal() {
        return refusal;
    }
}
