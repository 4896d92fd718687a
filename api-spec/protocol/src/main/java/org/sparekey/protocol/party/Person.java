// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.util.List;

/**
 * A person of an authority, by number and never by name. A judge who never connects has a document key only.
 *
 * @param capacity the office held, as an order's reader should see it, such as "rechter-commissaris"
 */
public record Person(String number, PersonRole role, String capacity, List<Scope> scopes, List<KeyEnrolment> keys) {

    public Person {
        Name.id(number);
        Name.texts(capacity);
        scopes = List.copyOf(scopes);
        keys = List.copyOf(keys);
        Name.distinct(scopes, "a scope is named once");
        Name.keys(keys);
    }
}
