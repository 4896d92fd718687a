// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.json.Digest;

/** The half of the facade that the evidence room uses. */
interface Execution {

    Optional<ApprovedOrder> claim();

    Optional<ApprovedOrder> claim(OrderId id);

    Optional<ApprovedOrder> renew(ApprovedOrder order);

    Transition started(ApprovedOrder order, byte[] intent);

    Transition attemptLost(ApprovedOrder order, byte[] findings);

    Transition reviewAgain(ApprovedOrder order, String reason);

    Transition secured(ApprovedOrder order, Digest manifestDigest, byte[] outcome);

    Transition released(ApprovedOrder order);

    Transition available(ApprovedOrder order);

    Transition failed(ApprovedOrder order, String code, byte[] outcome);

    Transition acknowledged(OrderId id, String person, byte[] acknowledgement);

    Transition closed(OrderId id);

    Digest record(OrderId id, String type, Map<String, String> clear, byte[] payload);

    List<Hold> holds(LocatedAsset asset);
}
