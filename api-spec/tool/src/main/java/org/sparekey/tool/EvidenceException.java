// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;

/** Evidence that could not be opened; the kind decides the exit code and is never guessed from the words. */
public final class EvidenceException extends IOException {

    private static final long serialVersionUID = 1;

    /** What went wrong. */
    public enum Kind {
        /** A digest or an authentication tag differs: exit code 5. */
        ALTERED,
        /** Something that must be there is absent: exit code 10. */
        INCOMPLETE,
        /** The key given is none that the evidence is sealed to: exit code 4. */
        NOT_A_RECIPIENT
    }

    private final Kind kind;

    public EvidenceException(Kind kind, String words) {
        super(words);
        this.kind = kind;
    }

    public EvidenceException(Kind kind, String words, Throwable cause) {
        super(words, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
