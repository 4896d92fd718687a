// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that was watched while the capture ran.
 *
 * @param kind a stable name, such as {@code stop-events}
 * @param asPromised whether what was seen is what the promise says; false also when nothing could be seen
 * @param facts counts and names, as text
 * @param proves one honest sentence: what follows from it and what does not
 */
public record IsolationObservation(String kind, boolean asPromised, Map<String, String> facts, String proves) {

    public IsolationObservation {
        facts = Map.copyOf(facts);
    }

    /** In a stable order. */
    @Override
    public Map<String, String> facts() {
        return new TreeMap<>(facts);
    }
}
