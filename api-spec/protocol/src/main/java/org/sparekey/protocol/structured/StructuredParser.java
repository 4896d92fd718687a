// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.structured;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;

/** The parsing algorithms of RFC 8941 section 4.2. Every reason names the place, never the text. */
final class StructuredParser {

    /** Longer than a header section that any of our listeners lets in. */
    static final int MAX_FIELD_CHARS = 64 << 10;

    private static final int MAX_INTEGER_DIGITS = 15;
    private static final int MAX_DECIMAL_DIGITS = 12;
    private static final int MAX_FRACTION_DIGITS = 3;
    private static final char END = '\0';
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~:/";

    private final String text;
    private int at;

    private StructuredParser(String text) throws MalformedException {
        this.text = text;
        if (text.length() > MAX_FIELD_CHARS) {
            throw malformed("the field is too long");
        }
        skip(" ");
    }

    static Map<String, Member> dictionary(String field) throws MalformedException {
        StructuredParser parser = new StructuredParser(field);
        Map<String, Member> members = new LinkedHashMap<>();
        while (!parser.atEnd()) {
            String key = parser.key();
            members.put(key, parser.take('=') ? parser.member() : parser.bareTrue());
            parser.separator();
        }
        return members;
    }

    static List<Member> list(String field) throws MalformedException {
        StructuredParser parser = new StructuredParser(field);
        List<Member> members = new ArrayList<>();
        while (!parser.atEnd()) {
            members.add(parser.member());
            parser.separator();
        }
        return members;
    }

    static Item item(String field) throws MalformedException {
        StructuredParser parser = new StructuredParser(field);
        Item item = parser.item();
        parser.skip(" ");
        if (!parser.atEnd()) {
            throw parser.malformed("something follows the item");
        }
        return item;
    }

    /** Between members: the end, or a comma with something behind it. */
    private void separator() throws MalformedException {
        skip(" \t");
        if (atEnd()) {
            return;
        }
        expect(',');
        skip(" \t");
        if (atEnd()) {
            throw malformed("a comma ends the field");
        }
    }

    private Member member() throws MalformedException {
        return peek() == '(' ? innerList() : item();
    }

    private Item bareTrue() throws MalformedException {
        return new Item(BareItem.Flag.TRUE, parameters());
    }

    private InnerList innerList() throws MalformedException {
        expect('(');
        List<Item> items = new ArrayList<>();
        while (true) {
            skip(" ");
            if (take(')')) {
                return new InnerList(items, parameters());
            }
            items.add(item());
            if (peek() != ' ' && peek() != ')') {
                throw malformed("a space or a closing parenthesis must follow");
            }
        }
    }

    private Item item() throws MalformedException {
        BareItem value = bareItem();
        return new Item(value, parameters());
    }

    private Parameters parameters() throws MalformedException {
        Map<String, BareItem> values = new LinkedHashMap<>();
        while (take(';')) {
            skip(" ");
            String key = key();
            values.put(key, take('=') ? bareItem() : BareItem.Flag.TRUE);
        }
        return values.isEmpty() ? Parameters.NONE : new Parameters(values);
    }

    private String key() throws MalformedException {
        int start = at;
        if (!isLower(peek()) && peek() != '*') {
            throw malformed("a key must begin here");
        }
        while (isLower(peek()) || isDigit(peek()) || (!atEnd() && "_-.*".indexOf(peek()) >= 0)) {
            at++;
        }
        return text.substring(start, at);
    }

    private BareItem bareItem() throws MalformedException {
        char c = peek();
        if (c == '-' || isDigit(c)) {
            return number();
        }
        if (c == '"') {
            return string();
        }
        if (c == ':') {
            return binary();
        }
        if (c == '?') {
            return flag();
        }
        if (isAlpha(c) || c == '*') {
            return token();
        }
        throw malformed("a value must begin here");
    }

    private BareItem number() throws MalformedException {
        int start = at;
        take('-');
        int whole = digits();
        if (whole == 0) {
            throw malformed("a digit must follow");
        }
        if (!take('.')) {
            return new BareItem.Whole(Long.parseLong(limited(start, whole, MAX_INTEGER_DIGITS)));
        }
        int fraction = digits();
        if (fraction == 0 || fraction > MAX_FRACTION_DIGITS) {
            throw malformed("one to three digits must follow the point");
        }
        return new BareItem.Fraction(new BigDecimal(limited(start, whole, MAX_DECIMAL_DIGITS)));
    }

    private String limited(int start, int digits, int limit) throws MalformedException {
        if (digits > limit) {
            throw malformed("the number is too long");
        }
        return text.substring(start, at);
    }

    private int digits() {
        int start = at;
        while (isDigit(peek())) {
            at++;
        }
        return at - start;
    }

    private BareItem string() throws MalformedException {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (!atEnd()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return new BareItem.Text(value.toString());
            }
            if (c == '\\') {
                c = peek();
                if (c != '"' && c != '\\') {
                    throw malformed("only a quote or a backslash may be escaped");
                }
                at++;
            }
            if (c < 0x20 || c > 0x7e) {
                throw malformed("a string is printable ASCII");
            }
            value.append(c);
        }
        throw malformed("the string does not end");
    }

    private BareItem token() {
        int start = at;
        while (!atEnd() && (isAlpha(peek()) || isDigit(peek()) || TOKEN_MARKS.indexOf(peek()) >= 0)) {
            at++;
        }
        return new BareItem.Token(text.substring(start, at));
    }

    /** Stricter than RFC 8941 section 4.2.7 must be: padding is required and its spare bits are zero. */
    private BareItem binary() throws MalformedException {
        expect(':');
        int end = text.indexOf(':', at);
        if (end < 0) {
            throw malformed("the byte sequence does not end");
        }
        String base64 = text.substring(at, end);
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                throw malformed("not canonical base64");
            }
            at = end + 1;
            return new BareItem.Binary(Bytes.of(bytes));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "not base64 at " + at, e);
        }
    }

    private BareItem flag() throws MalformedException {
        expect('?');
        if (take('1')) {
            return BareItem.Flag.TRUE;
        }
        expect('0');
        return new BareItem.Flag(false);
    }

    private boolean atEnd() {
        return at >= text.length();
    }

    /** The next character, or NUL at the end: NUL itself is in no production, so the two never mix. */
    private char peek() {
        return atEnd() ? END : text.charAt(at);
    }

    private boolean take(char wanted) {
        if (atEnd() || text.charAt(at) != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) throws MalformedException {
        if (!take(wanted)) {
            throw malformed("'" + wanted + "' must stand here");
        }
    }

    private void skip(String blanks) {
        while (!atEnd() && blanks.indexOf(peek()) >= 0) {
            at++;
        }
    }

    private MalformedException malformed(String reason) {
        return new MalformedException("", reason + " (at " + at + ")");
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isAlpha(char c) {
        return isLower(c) || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
