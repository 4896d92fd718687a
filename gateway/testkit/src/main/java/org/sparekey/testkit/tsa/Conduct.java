// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.tsa;

/** How a {@link TestTsa} answers. */
public enum Conduct {
    HONEST,
    /** Over other bytes than asked. */
    WRONG_IMPRINT,
    /** A faultless answer to somebody else's question. */
    WRONG_NONCE,
    /** Signed by a certificate that expired an hour ago. */
    EXPIRED_CERTIFICATE,
    /** Signed by a certificate of the same root that is for documents. */
    WRONG_USE,
    /** Signed by an authority of the same name under a root of its own. */
    FOREIGN_ROOT,
    /** RFC 3161 status rejection. */
    REJECTION,
    /** Bytes that are no reply. */
    GARBAGE,
    /** A reply without an end. */
    FLOOD,
    /** It takes the question and never answers. */
    SILENCE,
    /** HTTP 503. */
    UNAVAILABLE
}
