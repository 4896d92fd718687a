// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;

/** What a witness answers (C2SP tlog-witness): its cosignature, the size it has seen, or why not. */
public sealed interface WitnessAnswer {

    /** The media type of a {@link Conflict}. */
    String SIZE_TYPE = "text/x.tlog.size";

    /** The media type of everything else. */
    String TEXT_TYPE = "text/plain; charset=utf-8";

    /** The HTTP status. */
    int status();

    default String mediaType() {
        return TEXT_TYPE;
    }

    /** Ends in a newline. */
    String body();

    default byte[] bytes() {
        return body().getBytes(StandardCharsets.UTF_8);
    }

    /** The only exhaustive form until pattern switches may be used here. */
    <T> T match(Function<Cosigned, T> cosigned, Function<Conflict, T> conflict, Function<Refused, T> refused);

    /**
     * Seen and cosigned. The answer may leave only after the note is stored for good: else a witness that dies in between
     * has signed what it does not remember.
     *
     * @param store the checkpoint under the log's verified lines and this witness's own, and no others
     */
    record Cosigned(SignedNote store, NoteSignature line) implements WitnessAnswer {

        @Override
        public int status() {
            return 200;
        }

        @Override
        public String body() {
            return line.line();
        }

        @Override
        public <T> T match(
                Function<Cosigned, T> cosigned, Function<Conflict, T> conflict, Function<Refused, T> refused) {
            return cosigned.apply(this);
        }
    }

    /**
     * The log believes in another size than this witness has seen, or shows another root for the same size.
     *
     * @param size of the latest checkpoint cosigned; zero when there is none
     */
    record Conflict(long size) implements WitnessAnswer {

        @Override
        public int status() {
            return 409;
        }

        @Override
        public String mediaType() {
            return SIZE_TYPE;
        }

        @Override
        public String body() {
            return size + "\n";
        }

        @Override
        public <T> T match(
                Function<Cosigned, T> cosigned, Function<Conflict, T> conflict, Function<Refused, T> refused) {
            return conflict.apply(this);
        }
    }

    /** Not cosigned; the reason is one of ours and repeats nothing of the request. */
    record Refused(int status, String reason) implements WitnessAnswer {

        public static Refused malformed(String reason) {
            return new Refused(400, reason);
        }

        @Override
        public String body() {
            return reason + "\n";
        }

        @Override
        public <T> T match(
                Function<Cosigned, T> cosigned, Function<Conflict, T> conflict, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
