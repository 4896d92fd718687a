// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.nio.file.Path;
import java.util.function.Function;
import org.sparekey.protocol.json.Digest;

/** What became of a download. */
public sealed interface DownloadResult {

    /** The only exhaustive form. */
    <T> T match(Function<Complete, T> complete, Function<Refused, T> refused);

    /** The file is there, on disk, and has the digest that the gateway signed. */
    record Complete(Path file, long lengthBytes, Digest sha256) implements DownloadResult {
        @Override
        public <T> T match(Function<Complete, T> complete, Function<Refused, T> refused) {
            return complete.apply(this);
        }
    }

    record Refused(Answer.Refused answer) implements DownloadResult {
        @Override
        public <T> T match(Function<Complete, T> complete, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
