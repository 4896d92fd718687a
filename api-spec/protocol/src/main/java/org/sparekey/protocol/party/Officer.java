// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.util.List;

/** An officer of the hoster, or the supervisor outside of him, by number and never by name. */
public record Officer(String number, List<KeyEnrolment> keys) {

    public Officer {
        Name.id(number);
        keys = List.copyOf(keys);
        Name.keys(keys);
        if (keys.stream().noneMatch(key -> key.use() == KeyUse.DOCUMENT)) {
            throw new IllegalArgumentException("an officer signs with a document key");
        }
    }

    /** The key he signs decisions and this list with. */
    public KeyEnrolment documentKey() {
        return keys.stream()
                .filter(key -> key.use() == KeyUse.DOCUMENT)
                .findFirst()
                .orElseThrow();
    }
}
