// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.proxmox;

import org.jspecify.annotations.Nullable;
import org.sparekey.capture.listing.Gap;

/** One question without its answer. */
final class GapException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Gap gap;

    GapException(String place, Gap.Reason reason, @Nullable Throwable cause) {
        super(reason.code(), cause);
        this.gap = new Gap(place, reason);
    }

    Gap gap() {
        return gap;
    }
}
