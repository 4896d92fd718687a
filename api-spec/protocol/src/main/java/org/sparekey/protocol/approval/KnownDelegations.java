// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;

/**
 * What a check must know to believe whoever signs in an officer's place.
 *
 * @param gatewayOrigin of the hoster
 * @param known those that are in the log, by the digest of the signed document
 */
public record KnownDelegations(String gatewayOrigin, Function<Digest, Optional<Held>> known) {

    /** Where none is known, nobody fills another's seat. */
    public static final KnownDelegations NONE = new KnownDelegations("", digest -> Optional.empty());

    /** @param revokedAt from then on it counts for nothing */
    public record Held(SignedDocument document, Optional<Instant> revokedAt) {}
}
