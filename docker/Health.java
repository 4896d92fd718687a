// SPDX-License-Identifier: EUPL-1.2

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks the management listener on loopback how the gateway is; exits 0 when it is well. The image has no curl. */
final class Health {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private Health() {}

    public static void main(String[] arguments) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + arguments[0] + "/actuator/health"))
                .timeout(PATIENCE)
                .build();
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            System.exit(client.send(request, BodyHandlers.discarding()).statusCode() == 200 ? 0 : 1);
        } catch (java.io.IOException nobodyThere) {
            System.exit(1);
        }
    }
}
