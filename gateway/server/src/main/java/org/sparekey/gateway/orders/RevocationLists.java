// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fetches revocation lists from enrolled locations; a location inside a certificate is never followed. A list that cannot be
 * had is left out: whoever needs it finds that revocation is unknown.
 */
final class RevocationLists {

    static final int MAX_BYTES = 10 << 20;

    private final Exchanges exchanges;

    RevocationLists(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    /** @throws IllegalStateException for bytes that {@link #fetch} would not have answered */
    static List<X509CRL> parse(List<byte[]> ders) {
        try {
            List<X509CRL> lists = new ArrayList<>();
            for (byte[] der : ders) {
                lists.add(parse(der));
            }
            return List.copyOf(lists);
        } catch (CertificateException | CRLException e) {
            throw new IllegalStateException("a revocation list that was stored cannot be read", e);
        }
    }

    private static X509CRL parse(byte[] der) throws CertificateException, CRLException {
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    }

    /** A DER list, as it will be stored with the verdict that rests on it. */
    Optional<byte[]> fetch(URI location) {
        try {
            byte[] der = read(location);
            parse(der);
            return Optional.of(der);
        } catch (IOException | CertificateException | CRLException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private byte[] read(URI location) throws IOException, InterruptedException {
        if (!"file".equals(location.getScheme())) {
            return exchanges.send(HttpRequest.newBuilder(location).build(), MAX_BYTES);
        }
        try (InputStream in = Files.newInputStream(Path.of(location))) {
            byte[] der = in.readNBytes(MAX_BYTES + 1);
            if (der.length > MAX_BYTES) {
                throw new IOException("a revocation list of more than " + MAX_BYTES + " bytes");
            }
            return der;
        }
    }
}
