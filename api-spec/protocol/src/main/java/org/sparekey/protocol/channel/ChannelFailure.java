// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

/** Why an exchange gave no answer. */
public enum ChannelFailure {
    /** No connection, or it broke. */
    UNREACHABLE,
    /** No answer within the deadline, or no byte for too long. */
    DEADLINE_PASSED,
    /** The token endpoint gave no token: the key or the client is not (or no longer) enrolled. */
    NOT_AUTHORISED,
    /** The answer is not the gateway's, not to this request, or not the content that was signed. */
    NOT_AUTHENTIC,
    /** The answer is authentic and makes no sense, or is too large. */
    MALFORMED
}
