// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.proxmox;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.sparekey.capture.listing.Gap;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import tools.jackson.databind.JsonNode;

/** Asks one question at a time, with GET only. Every answer that is not the one wanted is a {@link GapException}. */
final class ProxmoxApi implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(20);

    /** 10,000 guests are 5 MiB of resources. */
    private static final int MAX_BYTES = Wire.MAX_DOCUMENT_BYTES;

    private static final int OK = 200;
    private static final int UNAUTHORISED = 401;
    private static final int FORBIDDEN = 403;

    /** pveproxy's own: the node behind it does not answer. */
    private static final int NO_ROUTE = 595;

    private final ProxmoxSettings settings;
    private final HttpClient client;
    private final String authorization;

    private ProxmoxApi(ProxmoxSettings settings, HttpClient client, String authorization) {
        this.settings = settings;
        this.client = client;
        this.authorization = authorization;
    }

    /** Reads token and authority anew, so that a rotated one works at the next look. */
    static ProxmoxApi open(ProxmoxSettings settings) throws IOException {
        String token = Files.readString(settings.tokenFile()).strip();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        if (settings.origin().getScheme().equals("https")) {
            builder.sslContext(trusting(settings.ca()));
        }
        return new ProxmoxApi(settings, builder.build(), "PVEAPIToken=" + token);
    }

    /** @return the {@code data} of the answer */
    JsonNode get(String place, String path) throws GapException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.origin() + "/api2/json" + path))
                .timeout(ANSWER)
                .header("Authorization", authorization)
                .GET()
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                refuse(place, response.statusCode());
                return data(place, body.readNBytes(MAX_BYTES + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GapException(place, Gap.Reason.UNREACHABLE, e);
        } catch (IOException e) {
            throw new GapException(place, Gap.Reason.UNREACHABLE, e);
        }
    }

    private static void refuse(String place, int status) throws GapException {
        Gap.Reason reason = switch (status) {
            case OK -> null;
            case UNAUTHORISED, FORBIDDEN -> Gap.Reason.NOT_PERMITTED;
            case NO_ROUTE -> Gap.Reason.NODE_OFFLINE;
            default -> Gap.Reason.UNREACHABLE;
        };
        if (reason != null) {
            throw new GapException(place, reason, null);
        }
    }

    private static JsonNode data(String place, byte[] body) throws GapException {
        if (body.length > MAX_BYTES) {
            throw new GapException(place, Gap.Reason.TOO_LARGE, null);
        }
        try {
            JsonNode data = Wire.tree(body).path("data");
            if (data.isContainer()) {
                return data;
            }
            throw new GapException(place, Gap.Reason.MALFORMED, null);
        } catch (MalformedException e) {
            throw new GapException(place, Gap.Reason.MALFORMED, e);
        }
    }

    private static SSLContext trusting(Path ca) throws IOException {
        try (InputStream in = Files.newInputStream(ca)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca" + number++, one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the cluster's authority cannot be read", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
