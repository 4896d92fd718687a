// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.witness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.sparekey.protocol.witness.AddCheckpoint;

/** What a log, or anybody else, sends to a witness. */
final class Post {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Post() {}

    static HttpResponse<byte[]> add(URI witness, AddCheckpoint request) throws IOException, InterruptedException {
        return send("POST", URI.create(witness + AddCheckpoint.PATH), request.bytes());
    }

    static HttpResponse<byte[]> send(String method, URI uri, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .method(method, BodyPublishers.ofByteArray(body))
                .build();
        return CLIENT.send(request, BodyHandlers.ofByteArray());
    }
}
