// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sparekey.testkit.pki.CrlServer;

/** A source of revocation that sends its headers and then never ends. */
@Timeout(60)
class ExchangesTest {

    private static final Duration SOON = Duration.ofMillis(500);

    private final CountDownLatch closing = new CountDownLatch(1);
    private ExecutorService threads;
    private HttpServer dripping;
    private CrlServer other;

    @BeforeEach
    void start() throws IOException {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        other = CrlServer.start();
        other.serve("other", () -> new byte[100]);
        dripping = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        dripping.setExecutor(threads);
        dripping.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        dripping.start();
    }

    @AfterEach
    void close() {
        closing.countDown();
        dripping.stop(0);
        other.close();
        threads.close();
    }

    @Test
    void a_body_that_never_ends_is_given_up() {
        assertThatThrownBy(() -> new Exchanges(SOON).send(get(drip()), 1000)).isInstanceOf(IOException.class);
    }

    @Test
    void a_list_that_never_ends_is_no_list() {
        assertThat(new RevocationLists(new Exchanges(SOON)).fetch(drip())).isEmpty();
    }

    @Test
    void a_body_that_is_too_long_is_none() throws Exception {
        Exchanges exchanges = new Exchanges();

        assertThat(exchanges.send(get(other.location("other")), 100)).hasSize(100);
        assertThatThrownBy(() -> exchanges.send(get(other.location("other")), 99))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_host_that_hangs_takes_no_place_of_another() throws Exception {
        Exchanges exchanges = new Exchanges();
        CountDownLatch asked = new CountDownLatch(Exchanges.AT_ONCE);
        for (int i = 0; i < Exchanges.AT_ONCE; i++) {
            threads.execute(() -> {
                asked.countDown();
                answered(exchanges);
            });
        }
        asked.await();

        assertThat(exchanges.send(get(other.location("other")), 100)).hasSize(100);
        assertThat(closing.getCount()).isOne();
        closing.countDown();
    }

    @Test
    void whoever_finds_no_place_in_time_has_no_answer() {
        Exchanges exchanges = new Exchanges(SOON);
        Callable<Boolean> question = () -> answered(exchanges);

        List<Boolean> answered = SideBySide.together(Collections.nCopies(3 * Exchanges.OF_ONE_HOST, question));

        assertThat(answered).containsOnly(false);
    }

    private boolean answered(Exchanges exchanges) {
        try {
            exchanges.send(get(drip()), 1000);
            return true;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI drip() {
        return URI.create("http://127.0.0.1:" + dripping.getAddress().getPort() + "/list.crl");
    }

    private static HttpRequest get(URI location) {
        return HttpRequest.newBuilder(location).build();
    }
}
