// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture;

import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that was watched while a capture ran.
 *
 * @param kind a stable name, such as {@code stop-events}
 * @param asPromised whether what was seen is what the promise says; false also when nothing could be seen
 * @param facts counts and names, as text
 * @param proves one honest sentence: what follows from it and what does not
 */
public record Observation(String kind, boolean asPromised, Map<String, String> facts, String proves) {

    public Observation {
        facts = Map.copyOf(facts);
    }

    /** The facts in a stable order. */
    @Override
    public Map<String, String> facts() {
        return new TreeMap<>(facts);
    }
}
