// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A log behind a web server; redirects are not followed. */
final class HttpLog implements PublishedLog {

    private static final Duration AT_MOST = Duration.ofSeconds(20);
    private static final int OK = 200;

    private final HttpClient client;
    private final String address;

    HttpLog(HttpClient client, URI address) {
        this.client = client;
        this.address = address.toString().replaceAll("/+$", "");
    }

    @Override
    public byte[] read(String path, int atMost) throws IOException {
        URI file = URI.create(address + "/" + path);
        HttpRequest request =
                HttpRequest.newBuilder(file).timeout(AT_MOST).GET().build();
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != OK) {
                    throw new IOException(file + " answered " + answer.statusCode());
                }
                byte[] bytes = body.readNBytes(atMost + 1);
                if (bytes.length > atMost) {
                    throw new IOException(file + " is larger than " + atMost + " bytes");
                }
                return bytes;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + file + " was fetched", e);
        }
    }
}
