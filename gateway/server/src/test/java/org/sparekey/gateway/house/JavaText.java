// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import java.util.List;
import java.util.regex.Pattern;

/** Java source taken apart as far as the rules need it: what runs, and what stands in quotes. */
record JavaText(String code, List<String> literals) {

    private static final Pattern TOKEN = Pattern.compile("(?<comment>//[^\\n]*|(?s:/\\*.*?\\*/))"
            + "|(?<literal>(?s:\"\"\".*?(?<!\\\\)\"\"\")|\"(?:\\\\.|[^\"\\\\\\n])*\")"
            + "|(?<character>'(?:\\\\.[^']*|[^'\\\\])')");

    static JavaText of(String source) {
        var code = new StringBuilder();
        var literals = new java.util.ArrayList<String>();
        var token = TOKEN.matcher(source);
        while (token.find()) {
            token.appendReplacement(code, token.group("comment") == null ? "\"\"" : "");
            if (token.group("literal") != null) {
                literals.add(token.group("literal"));
            }
        }
        token.appendTail(code);
        return new JavaText(code.toString(), List.copyOf(literals));
    }
}
