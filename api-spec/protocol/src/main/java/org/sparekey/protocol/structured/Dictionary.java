// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.structured;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sparekey.protocol.json.MalformedException;

/** Members by key, in their order (RFC 8941 section 3.2). */
public record Dictionary(Map<String, Member> members) {

    public Dictionary {
        members.keySet().forEach(Keys::check);
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** Parses one field value; several lines of a field are joined by a comma first. A key twice: the last one counts. */
    public static Dictionary parse(String field) throws MalformedException {
        return new Dictionary(StructuredParser.dictionary(field));
    }

    public static Dictionary of(String key, Member member) {
        return new Dictionary(Map.of(key, member));
    }

    public Optional<Member> get(String key) {
        return Optional.ofNullable(members.get(key));
    }

    public String write() {
        return members.entrySet().stream().map(Dictionary::write).collect(Collectors.joining(", "));
    }

    private static String write(Map.Entry<String, Member> entry) {
        boolean bare = entry.getValue() instanceof Item item && item.value().equals(BareItem.Flag.TRUE);
        return bare
                ? entry.getKey() + entry.getValue().parameters().write()
                : entry.getKey() + '=' + entry.getValue().write();
    }
}
