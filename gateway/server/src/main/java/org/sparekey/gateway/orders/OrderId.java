// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.SpokenGroups;

/**
 * The gateway's name of an order, such as {@code ORD-7Q4F-2KX9}: forty random bits, so that it counts nothing and tells
 * nothing. It is what URLs, log entries and people use; the issuer's UUID stays inside the order.
 */
public record OrderId(String code) {

    private static final int GROUPS = 2;
    private static final Pattern FORM = Pattern.compile("ORD-" + SpokenGroups.pattern(GROUPS));

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
        return new OrderId("ORD-" + SpokenGroups.random(random, GROUPS));
    }

    @Override
    public String toString() {
        return code;
    }
}
