// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A verified request: its body comes from the spool, and headers that claim a client certificate are gone. */
final class SpooledRequest extends HttpServletRequestWrapper {

    /** What proxies use to say which certificate they saw; here TLS ends in this process, so nobody may say. */
    private static final Set<String> CERTIFICATE_HEADERS = Set.of(
            "client-cert",
            "client-cert-chain",
            "x-client-cert",
            "x-ssl-cert",
            "x-ssl-client-cert",
            "ssl-client-cert",
            "x-forwarded-client-cert",
            "x-forwarded-tls-client-cert",
            "x-arr-clientcert");

    private final Spool body;

    SpooledRequest(HttpServletRequest request, Spool body) {
        super(request);
        this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new SpoolStream(body.open());
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(body.open(), StandardCharsets.UTF_8));
    }

    @Override
    public int getContentLength() {
        return Math.toIntExact(getContentLengthLong());
    }

    @Override
    public long getContentLengthLong() {
        return body.measured().lengthBytes();
    }

    /** The container would read the connection, which is read to its end already. */
    @Override
    public Collection<Part> getParts() {
        throw new IllegalStateException("rooms read multipart bodies themselves");
    }

    @Override
    public Part getPart(String name) {
        throw new IllegalStateException("rooms read multipart bodies themselves");
    }

    @Override
    public @Nullable String getHeader(String name) {
        return claimsCertificate(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return claimsCertificate(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !claimsCertificate(name))
                .toList());
    }

    private static boolean claimsCertificate(String name) {
        return CERTIFICATE_HEADERS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static final class SpoolStream extends ServletInputStream {

        private final InputStream in;
        private boolean finished;

        SpoolStream(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int octet = in.read();
            finished = octet < 0;
            return octet;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int read = in.read(bytes, from, count);
            finished = read < 0;
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("bodies are read by the thread that has them");
        }
    }
}
