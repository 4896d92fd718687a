// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * How far a log is, for officers; with what two of them can sign for where it stopped.
 *
 * @param origin the current one
 * @param sequenced leaves of its tree in the database
 * @param root of that tree
 * @param published leaves under the newest checkpoint that satisfies the policy
 * @param stopped why the current origin is stopped; absent while it runs
 * @param stoppedShards each origin that is stopped, one of a year that is over among them
 * @param missing each origin of which signed entries are missing, newest first: what can be closed
 */
public record LogStanding(
        String log,
        String origin,
        long sequenced,
        Digest root,
        long signed,
        long published,
        Optional<String> stopped,
        List<Stopped> stoppedShards,
        List<Missing> missing) {

    public LogStanding {
        stoppedShards = List.copyOf(stoppedShards);
        missing = List.copyOf(missing);
    }

    /**
     * What a {@link LogResumption} is about.
     *
     * @param size leaves of the tree that the database holds
     */
    public record Stopped(String origin, long size, Digest root, String stopped) {}

    /**
     * What a {@link LogClosure} is about.
     *
     * @param size leaves of the largest tree that is known to have been signed
     * @param held leaves that the database holds
     * @param next the origin that begins, or has begun, behind it
     */
    public record Missing(String origin, long size, Digest root, long held, String next) {}
}
