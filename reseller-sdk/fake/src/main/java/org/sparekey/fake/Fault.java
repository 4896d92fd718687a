// SPDX-License-Identifier: Apache-2.0
package org.sparekey.fake;

/** What may go wrong with one request. */
public enum Fault {
    /** The connection breaks before anything is done. */
    REQUEST_LOST,
    /** All is done, and the connection breaks in the middle of the answer. */
    ANSWER_LOST,
    /** 503: the gateway cannot log, so nothing happens. */
    UNAVAILABLE,
    /** 429 with {@code Retry-After: 7}. */
    TOO_MANY_REQUESTS,
    /** 409: the same request is being worked on. */
    IN_PROGRESS,
    /** 500. */
    BROKEN,
    /** 401: the token is not taken; a new one is. */
    TOKEN_EXPIRED,
    /** Done and logged, not yet in a signed checkpoint: 202 without a proof. */
    LOG_SLOW,
    /** The answer is signed by a key that is not the gateway's. */
    ANSWER_FORGED,
    /** The answer is altered behind its signature. */
    ANSWER_ALTERED,
    /** The receipt says of every line the opposite of what was logged. */
    RECEIPT_FORGED
}
