// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.PartyOfRecord;
import org.sparekey.protocol.order.StopReason;

/**
 * Where the target was found, as the row remembers it.
 *
 * @param asset as it is now; absent where only the hoster's own tables know the address
 * @param grade judged at the asked instant
 * @param since begin of the interval that holds the asked instant
 * @param until its end; absent while it lasts
 * @param nextInChain who is to be asked next
 * @param chain the hoster's own customer first, the party of record last; absent where these two are one, or unknown
 * @param stop why the asset may not be touched
 * @param filterOnly several people's content lies there, or a privileged profession's: never to the team itself
 */
record Whereabouts(
        Optional<LocatedAsset> asset,
        Grade grade,
        Optional<PartyOfRecord> partyOfRecord,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> nextInChain,
        Optional<List<PartyOfRecord>> chain,
        Optional<StopReason> stop,
        boolean filterOnly) {}
