// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * What became of one line.
 *
 * @param line 2 for the first record, as an editor counts
 * @param accepted false with a code ({@link LineRefusal}) and a JSON pointer
 * @param path RFC 6962 inclusion path of the line under the batch's signed root
 */
public record LineVerdict(
        int line, boolean accepted, Optional<String> code, Optional<String> pointer, List<Digest> path) {

    public LineVerdict {
        path = List.copyOf(path);
        if (accepted == code.isPresent() || accepted == pointer.isPresent()) {
            throw new IllegalArgumentException("a refused line has a code and a pointer, an accepted one has neither");
        }
    }

    public static LineVerdict accepted(int line, List<Digest> path) {
        return new LineVerdict(line, true, Optional.empty(), Optional.empty(), path);
    }

    public static LineVerdict refused(int line, LineRefusal refusal, String pointer, List<Digest> path) {
        return new LineVerdict(line, false, Optional.of(refusal.name()), Optional.of(pointer), path);
    }

    LineVerdict withoutPath() {
        return new LineVerdict(line, accepted, code, pointer, List.of());
    }
}
