// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param url of the time-stamp authority (RFC 3161 over HTTP); absent means that nothing is time-stamped
 * @param roots PEM file of the certificates that its tokens must lead to; the trust file names the same
 * @param policy object identifier to ask for; absent leaves it to the authority
 * @param interval how often the newest published checkpoint of each log is stamped
 * @param run false where a test takes the steps by hand
 */
@ConfigurationProperties("sparekey.time")
public record TimeSettings(
        @Nullable URI url,
        @Nullable Path roots,
        @Nullable String policy,
        @DefaultValue("1h") Duration interval,
        @DefaultValue("true") boolean run) {

    static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(1);

    public TimeSettings {
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new IllegalArgumentException("sparekey.time.interval is at least a minute");
        }
    }

    private static final Pattern OID = Pattern.compile("[0-2](\\.(0|[1-9][0-9]*))+");

    Optional<URI> authority() {
        if (url != null && !"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new IllegalStateException("sparekey.time.url is an http or https URL.");
        }
        return Optional.ofNullable(url);
    }

    Optional<String> askedPolicy() {
        if (policy != null && !OID.matcher(policy).matches()) {
            throw new IllegalStateException("sparekey.time.policy is an object identifier, digits and dots.");
        }
        return Optional.ofNullable(policy);
    }

    /** @throws IllegalStateException in one sentence when there is an authority and no root to judge it by */
    List<X509Certificate> certificates() {
        if (url == null) {
            return List.of();
        }
        if (roots == null) {
            throw new IllegalStateException("The time-stamp authority has no roots: set sparekey.time.roots, a PEM file"
                    + " of the certificates that its tokens must lead to.");
        }
        try (InputStream in = Files.newInputStream(roots)) {
            List<X509Certificate> read = new ArrayList<>();
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                read.add((X509Certificate) certificate);
            }
            if (read.isEmpty()) {
                throw new IllegalStateException("The file of sparekey.time.roots holds no certificate.");
            }
            return List.copyOf(read);
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("The file of sparekey.time.roots cannot be read: " + roots + ".", e);
        }
    }
}
