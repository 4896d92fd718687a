// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.sparekey.protocol.json.Wire;

/** A POST of the notice as JSON; any 2xx is taken for an arrival, nothing else, and redirects are not followed. */
final class WebhookChannel implements Channel {

    private static final Duration AT_MOST = Duration.ofSeconds(10);
    private static final int SUCCESS = 2;
    private static final int CLASS = 100;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(AT_MOST).build();
    private final URI address;

    WebhookChannel(URI address) {
        this.address = address;
    }

    /** Only the host: an address may carry a secret in its path. */
    @Override
    public String name() {
        return "webhook " + address.getHost() + ":" + address.getPort() + " "
                + Integer.toHexString(address.toString().hashCode());
    }

    @Override
    public void send(Notice notice) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(AT_MOST)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Wire.write(notice.fields())))
                .build();
        try {
            HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
            if (answer.statusCode() / CLASS != SUCCESS) {
                throw new IOException("the webhook answered " + answer.statusCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the webhook was called", e);
        }
    }
}
