// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.json.MalformedException;

/** A single named query parameter (RFC 9421 section 2.2.8): form-decoded, then percent-encoded again. */
final class QueryParameter {

    private QueryParameter() {}

    /** @throws MalformedException when the name is absent, there more than once, or not decodable */
    static String value(TargetUri uri, String encodedName) throws MalformedException {
        List<String> found = new ArrayList<>();
        String query = uri.query().isEmpty() ? "" : uri.query().substring(1);
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!pair.isEmpty() && again(name).equals(encodedName)) {
                found.add(again(equals < 0 ? "" : pair.substring(equals + 1)));
            }
        }
        if (found.size() != 1) {
            throw new MalformedException("@query-param", "the parameter must be there exactly once");
        }
        return found.get(0);
    }

    /** URLEncoder writes a blank as a plus; the percent-encode set of the RFC writes it as %20. */
    private static String again(String encoded) throws MalformedException {
        try {
            String decoded = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
            return URLEncoder.encode(decoded, StandardCharsets.UTF_8).replace("+", "%20");
        } catch (IllegalArgumentException e) {
            throw new MalformedException("@query-param", "not percent-encoded", e);
        }
    }
}
