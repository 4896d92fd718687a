// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import org.sparekey.protocol.json.Digest;

/** What came of two officers' wish to let a stopped log go on. */
public sealed interface Resumed {

    /** It goes on; the entry waits for its place like any other. */
    record Done(Pending entry) implements Resumed {}

    /** It is not stopped for anything that officers resolve. */
    record NotStopped() implements Resumed {}

    /** The officers signed for another tree, or another reason, than there is. */
    record Otherwise(long size, Digest root, StopReason reason) implements Resumed {}

    /** The database is still not what was signed, published or witnessed. */
    record StillBehind(StopReason reason) implements Resumed {}

    /** Too few witnesses answer to know. */
    record Unconfirmed() implements Resumed {}
}
