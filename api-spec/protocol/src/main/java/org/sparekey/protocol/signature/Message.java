// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.util.Optional;

/** An HTTP message as far as a signature sees it; the content is measured apart ({@link MeasuredBody}). */
public sealed interface Message {

    Fields headers();

    Fields trailers();

    /**
     * A request.
     *
     * @param targetUri the absolute URI as the client means it, rebuilt by a server from its configured public origin
     *     and the request line's bytes, never from Host
     */
    record Request(String method, String targetUri, Fields headers, Fields trailers) implements Message {

        public Request {
            TargetUri.parse(targetUri);
        }

        public Request(String method, String targetUri, Fields headers) {
            this(method, targetUri, headers, Fields.NONE);
        }

        public Request with(String name, String value) {
            return new Request(method, targetUri, headers.with(name, value), trailers);
        }

        /** Adds the digest of the content; an empty content has one too. */
        public Request withContent(byte[] content) {
            return with(ContentDigest.FIELD, ContentDigest.of(content).write());
        }
    }

    /**
     * A response.
     *
     * @param request the request it answers, as this side sent or received it; needed for components with {@code req}
     */
    record Response(int status, Fields headers, Fields trailers, Optional<Request> request) implements Message {

        private static final int LOWEST = 100;
        private static final int HIGHEST = 599;

        public Response {
            if (status < LOWEST || status > HIGHEST) {
                throw new IllegalArgumentException("a status is 100 to 599");
            }
        }

        public Response(int status, Fields headers, Request request) {
            this(status, headers, Fields.NONE, Optional.of(request));
        }

        public Response with(String name, String value) {
            return new Response(status, headers.with(name, value), trailers, request);
        }

        public Response withContent(byte[] content) {
            return with(ContentDigest.FIELD, ContentDigest.of(content).write());
        }
    }
}
