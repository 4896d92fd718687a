// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Questions to those who can revoke, each with an end: the timeout of an {@link HttpRequest} ends at the headers, this one at
 * the last byte. One host that hangs holds its own few places and nobody else's.
 */
final class Exchanges {

    static final Duration CONNECT_AT_MOST = Duration.ofSeconds(5);

    /** From the question to the last byte of the answer. */
    static final Duration ANSWER_AT_MOST = Duration.ofSeconds(10);

    /** Of all orders together. */
    static final int AT_ONCE = 32;

    static final int OF_ONE_HOST = 4;
    private static final int OK = 200;

    private final Duration within;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** By the host's name and port: of enrolled locations only, so that it cannot grow without end. */
    private final Map<String, Semaphore> hosts = new ConcurrentHashMap<>();

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_AT_MOST)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Exchanges() {
        this(ANSWER_AT_MOST);
    }

    /** @param within for one exchange, and for each wait for a place before it */
    Exchanges(Duration within) {
        this.within = within;
    }

    /**
     * @param most bytes of a body
     * @throws IOException for a longer one, another status than 200, no answer or no place in time
     */
    byte[] send(HttpRequest request, int most) throws IOException, InterruptedException {
        Semaphore ofHost = hosts.computeIfAbsent(host(request.uri()), _ -> new Semaphore(OF_ONE_HOST));
        enter(ofHost);
        try {
            enter(places);
            try {
                return exchange(request, most);
            } finally {
                places.release();
            }
        } finally {
            ofHost.release();
        }
    }

    private void enter(Semaphore place) throws IOException, InterruptedException {
        if (!place.tryAcquire(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("others are still being asked");
        }
    }

    private byte[] exchange(HttpRequest request, int most) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
        try {
            HttpResponse<byte[]> said = answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
            if (said.statusCode() != OK) {
                throw new IOException("no answer: status " + said.statusCode());
            }
            return said.body();
        } catch (ExecutionException e) {
            throw new IOException("no answer", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no whole answer in time", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static String host(URI location) {
        return location.getHost() + ":" + location.getPort();
    }
}
