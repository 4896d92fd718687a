// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pieces of an absolute http or https URI, none of them decoded (RFC 9421 sections 2.2.2 to 2.2.7). */
record TargetUri(String scheme, String authority, String path, String query) {

    private static final Pattern URI =
            Pattern.compile("(https?)://([^/?#@\\x00-\\x20\\x7f-\\uffff]+)(/[^?#\\x00-\\x20\\x7f-\\uffff]*)?"
                    + "(\\?[^#\\x00-\\x20\\x7f-\\uffff]*)?");

    /** @throws IllegalArgumentException for a relative URI, a fragment, user information, or anything but ASCII */
    static TargetUri parse(String uri) {
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an absolute http or https URI");
        }
        String path = matcher.group(3);
        String query = matcher.group(4);
        return new TargetUri(
                matcher.group(1),
                authority(matcher.group(1), matcher.group(2).toLowerCase(Locale.ROOT)),
                path == null ? "/" : path,
                query == null ? "" : query);
    }

    /** RFC 9110 section 4.2.3: lower case, no default port. */
    private static String authority(String scheme, String authority) {
        String port = scheme.equals("https") ? ":443" : ":80";
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }

    String requestTarget() {
        return path + query;
    }

    /** RFC 9421 section 2.2.7: an absent query is a question mark alone. */
    String queryComponent() {
        return query.isEmpty() ? "?" : query;
    }
}
