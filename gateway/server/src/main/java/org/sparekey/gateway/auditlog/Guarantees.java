// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.List;

/**
 * What a recorded entry is worth here, for whoever must decide whether that is enough. Whether it is time-stamped too is
 * told by {@link TimeStamping}.
 *
 * @param policy in the words of tlog-policy
 * @param witnessed whether nothing counts as recorded before a quorum of witnesses has seen it
 * @param witnessHosts the machines the witnesses run on, as far as their addresses tell; one twice is one witness
 */
public record Guarantees(String policy, boolean witnessed, List<String> witnessHosts) {

    public Guarantees {
        witnessHosts = List.copyOf(witnessHosts);
    }
}
