// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.gateway.auditlog.CaseLink;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.deletion.DeletionAnswer;
import org.sparekey.protocol.json.Digest;

/**
 * The row of a terminated machine.
 *
 * @param group the day of its requester, where it goes beyond the usual number and nobody has let it through
 * @param chain the next place in its case; the first until something is entered there
 */
record Deletion(
        DeletionId id,
        PartyId owner,
        DeletedAsset asset,
        Instant deletedOn,
        Digest entry,
        String vpsRef,
        Optional<String> group,
        DeletionState state,
        CaseLink chain) {

    /** The same for everybody who may ask, at any time. */
    DeletionAnswer answer() {
        return new DeletionAnswer(DeletionAnswer.VERSION, DeletionAnswer.TYPE, id.code(), asset, deletedOn, entry);
    }
}
