// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.pki;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An end certificate as wanted of a {@link TestCa}; start from {@link #of} and change what matters.
 *
 * @param hosts DNS names and IPv4 addresses of the subject alternative name; may be empty
 */
public record Wanted(
        Purpose purpose, String commonName, KeyKind kind, Instant notBefore, Instant notAfter, List<String> hosts) {

    /** The gateway enrols keys for at most a year. */
    public static final Duration VALIDITY = Duration.ofDays(360);

    public static final Duration BACKDATED = Duration.ofDays(1);

    public Wanted {
        hosts = List.copyOf(hosts);
    }

    /** A P-256 certificate valid from a day ago; TLS servers answer to localhost and 127.0.0.1. */
    public static Wanted of(Purpose purpose, String commonName, Instant now) {
        List<String> hosts = purpose == Purpose.TLS_SERVER ? List.of("localhost", "127.0.0.1") : List.of();
        Instant start = now.minus(BACKDATED);
        return new Wanted(purpose, commonName, KeyKind.P_256, start, start.plus(VALIDITY), hosts);
    }

    public Wanted kind(KeyKind other) {
        return new Wanted(purpose, commonName, other, notBefore, notAfter, hosts);
    }

    public Wanted valid(Instant from, Instant to) {
        return new Wanted(purpose, commonName, kind, from, to, hosts);
    }

    /** Expired one second before the given instant. */
    public Wanted expiredAt(Instant now) {
        return valid(now.minus(VALIDITY), now.minusSeconds(1));
    }

    public Wanted hosts(List<String> other) {
        return new Wanted(purpose, commonName, kind, notBefore, notAfter, other);
    }
}
