// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.util.Optional;
import org.sparekey.protocol.signature.Fields;

/**
 * One request, before it is authorised and signed.
 *
 * @param path begins with a slash; already percent-encoded, with its query if it has one
 * @param headers beside Authorization, Content-Type, Content-Digest and the signature, which the channel adds; a POST
 *     without Idempotency-Key gets a random one, kept over the channel's own retries
 */
public record Call(String method, String path, Fields headers, Optional<Content> content) {

    public Call {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path begins with a slash");
        }
    }

    public static Call get(String path) {
        return new Call("GET", path, Fields.NONE, Optional.empty());
    }

    public static Call post(String path, Content content) {
        return new Call("POST", path, Fields.NONE, Optional.of(content));
    }

    public Call with(String header, String value) {
        return new Call(method, path, headers.with(header, value), content);
    }
}
