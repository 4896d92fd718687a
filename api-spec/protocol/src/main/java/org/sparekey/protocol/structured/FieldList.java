// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.structured;

import java.util.List;
import java.util.stream.Collectors;
import org.sparekey.protocol.json.MalformedException;

/** A structured field of the type list (RFC 8941 section 3.1). */
public record FieldList(List<Member> members) {

    public FieldList {
        members = List.copyOf(members);
    }

    public static FieldList parse(String field) throws MalformedException {
        return new FieldList(StructuredParser.list(field));
    }

    public String write() {
        return members.stream().map(Member::write).collect(Collectors.joining(", "));
    }
}
