// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

/** A source that cannot be used as it stands; says where and why, never whose. */
public final class SourceException extends Exception {

    private static final long serialVersionUID = 1;

    public SourceException(String reason) {
        super(reason);
    }

    public SourceException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
