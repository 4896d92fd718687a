// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.structured;

import java.util.List;
import java.util.stream.Collectors;

/** Items in parentheses with parameters behind (RFC 8941 section 3.1.1). */
public record InnerList(List<Item> items, Parameters parameters) implements Member {

    public InnerList {
        items = List.copyOf(items);
    }

    @Override
    public String write() {
        return items.stream().map(Item::write).collect(Collectors.joining(" ", "(", ")")) + parameters.write();
    }
}
