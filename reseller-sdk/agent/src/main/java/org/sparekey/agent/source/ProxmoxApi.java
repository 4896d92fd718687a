// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Proxmox VE's API (7.x to 9.x), with an API token and only GET. */
final class ProxmoxApi {

    static final int MAX_REPLY_BYTES = 32 << 20;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int MAX_DEPTH = 16;
    private static final int OK = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxDocumentLength(MAX_REPLY_BYTES)
                            .build())
                    .build())
            .build();

    private final URI url;
    private final String authorization;
    private final HttpClient http;

    private ProxmoxApi(URI url, String authorization, HttpClient http) {
        this.url = url;
        this.authorization = authorization;
        this.http = http;
    }

    /** @throws IOException when a file is missing or not of its form */
    static ProxmoxApi open(ProxmoxSettings settings) throws IOException {
        String token =
                Files.readString(settings.tokenFile(), StandardCharsets.UTF_8).strip();
        if (!token.matches("[^\\s=!]+@[^\\s=!]+![^\\s=!]+=\\S+")) {
            throw new IOException("the token file holds one line USER@REALM!TOKENID=SECRET");
        }
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .sslContext(trusting(settings.caFile()))
                .build();
        return new ProxmoxApi(settings.url(), "PVEAPIToken=" + token, http);
    }

    /**
     * The {@code data} of a reply.
     *
     * @param path below {@code /api2/json}
     */
    JsonNode get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/api2/json" + path))
                .timeout(ANSWER)
                .header("Authorization", authorization)
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(MAX_REPLY_BYTES + 1);
                if (response.statusCode() != OK || bytes.length > MAX_REPLY_BYTES) {
                    throw new IOException("Proxmox VE answers " + response.statusCode());
                }
                return data(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Our own words only: Jackson's message quotes the input. */
    static JsonNode data(byte[] reply) throws IOException {
        try {
            return MAPPER.readTree(reply).path("data");
        } catch (JacksonException e) {
            throw new IOException("the reply of Proxmox VE is not JSON", e);
        }
    }

    private static SSLContext trusting(Path caFile) throws IOException {
        try (InputStream pem = Files.newInputStream(caFile)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("ca-" + trusted.size(), ca);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the certificates in " + caFile.getFileName(), e);
        }
    }
}
