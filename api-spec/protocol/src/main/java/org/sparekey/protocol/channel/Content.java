// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.signature.ContentDigest;
import org.sparekey.protocol.signature.MeasuredBody;

/** What a request carries: bytes, or a file that is digested before it is sent and must not change between. */
public final class Content {

    private final String mediaType;
    private final Source source;

    private Content(String mediaType, Source source) {
        this.mediaType = mediaType;
        this.source = source;
    }

    public static Content of(String mediaType, byte[] bytes) {
        byte[] copy = bytes.clone();
        return new Content(mediaType, new Source() {
            @Override
            public ContentDigest digest() {
                return ContentDigest.of(copy);
            }

            @Override
            public HttpRequest.BodyPublisher publisher() {
                return HttpRequest.BodyPublishers.ofByteArray(copy);
            }
        });
    }

    public static Content of(String mediaType, Path file) {
        return new Content(mediaType, new Source() {
            @Override
            public ContentDigest digest() throws IOException {
                MeasuredBody.Meter meter = new MeasuredBody.Meter();
                try (InputStream in = Files.newInputStream(file);
                        OutputStream out = meter) {
                    in.transferTo(out);
                }
                return ContentDigest.of(Digest.of(meter.measured().sha256().array()));
            }

            @Override
            public HttpRequest.BodyPublisher publisher() throws IOException {
                return HttpRequest.BodyPublishers.ofFile(file);
            }
        });
    }

    String mediaType() {
        return mediaType;
    }

    ContentDigest digest() throws IOException {
        return source.digest();
    }

    HttpRequest.BodyPublisher publisher() throws IOException {
        return source.publisher();
    }

    private interface Source {
        ContentDigest digest() throws IOException;

        HttpRequest.BodyPublisher publisher() throws IOException;
    }
}
