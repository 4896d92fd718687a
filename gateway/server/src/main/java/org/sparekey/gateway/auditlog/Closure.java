// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import org.sparekey.protocol.joint.LogClosure;
import org.sparekey.protocol.tree.Checkpoint;

/** What became of two officers' wish to close an origin that cannot be rebuilt. */
public sealed interface Closure {

    /** The new origin takes entries; its first one says what is missing. */
    record Done(String next) implements Closure {}

    /** The database holds everything that was signed: there is nothing to close. */
    record NothingLost() implements Closure {}

    /**
     * They signed for something else than what is known here.
     *
     * @param known the largest tree that was signed
     * @param held leaves that the database holds
     * @param next the origin that would begin
     */
    record Otherwise(Checkpoint known, long held, String next) implements Closure {

        boolean agrees(LogClosure said) {
            return said.origin().equals(known.origin())
                    && said.size() == known.size()
                    && said.root().equals(known.root())
                    && said.held() == held
                    && said.next().equals(next);
        }
    }
}
