// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.deletion;

import java.time.Instant;
import org.sparekey.protocol.json.Digest;

/**
 * What everybody who terminates a machine is answered, whatever else is known about it. It says nothing that depends on
 * anybody's order: neither in a field, nor by one that is absent.
 *
 * @param deletionId such as {@code DEL-7Q4F-2KX9}: random, so that it counts nothing
 * @param asset as it is registered
 * @param deletedOn midnight UTC at which it is gone for whoever asked: the universal grace after the first request
 * @param entry leaf hash of that request's entry in {@code registry}
 */
public record DeletionAnswer(
        int v, String type, String deletionId, DeletedAsset asset, Instant deletedOn, Digest entry) {

    public static final String TYPE = "deletion";
    public static final int VERSION = 1;
}
