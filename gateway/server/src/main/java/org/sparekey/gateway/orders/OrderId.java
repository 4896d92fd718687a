// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The gateway's name of an order, such as {@code ORD-7Q4F-2KX9}: forty random bits, so that it counts nothing and tells
 * nothing. It is what URLs, log entries and people use; the issuer's UUID stays inside the order.
 */
public record OrderId(String code) {

    /** Crockford's base 32: no I, L, O, U, so that it survives a telephone. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final Pattern FORM = Pattern.compile("ORD-[" + ALPHABET + "]{4}-[" + ALPHABET + "]{4}");

    public OrderId {
        if (!FORM.matcher(code).matches()) {
            throw new IllegalArgumentException("an order code looks like ORD-7Q4F-2KX9");
        }
    }

    /** Empty for whatever is not of the form: such an order does not exist. */
    public static Optional<OrderId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new OrderId(text)) : Optional.empty();
    }

    static OrderId random(SecureRandom random) {
        StringBuilder code = new StringBuilder("ORD-XXXX-XXXX".length()).append("ORD-");
        for (int i = 0; i < 8; i++) {
            code.append(i == 4 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new OrderId(code.toString());
    }

    @Override
    public String toString() {
        return code;
    }
}
