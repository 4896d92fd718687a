// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog.witness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sparekey.protocol.witness.AddCheckpoint;

/** Sends what is offered to one witness. Whatever goes wrong on the way is one exception and means nothing else. */
public final class WitnessDoor {

    /** A witness answers from memory and one fsync; whoever is slower is asked again in the next round. */
    public static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** A few signature lines, the largest of 3.3 kB. */
    static final int MAX_ANSWER_BYTES = 16 << 10;

    private final HttpClient client;
    private final URI address;

    /** @param prefix the witness's submission prefix, as the policy has it */
    public WitnessDoor(HttpClient client, String prefix) {
        this.client = client;
        this.address = URI.create(prefix.replaceFirst("/+$", "") + AddCheckpoint.PATH);
    }

    /** One client for all witnesses: HTTP/1.1, no redirects, nothing remembered. */
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .build();
    }

    /** @throws IOException without an answer, with one that is too long, or after {@link #TIMEOUT} for all of it */
    public Reply send(AddCheckpoint request) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.bytes()))
                .build();
        // The request's own timeout ends with the answer's head; a body that drips in is cut off here.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(post, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.statusCode(), response.body());
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer from a witness", e);
        }
    }
}
