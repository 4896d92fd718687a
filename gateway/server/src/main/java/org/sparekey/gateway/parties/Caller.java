// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import org.sparekey.protocol.json.Digest;

/**
 * The person on whose behalf a request is answered: connection, token and message signature agreed on him. Argument of
 * every controller method.
 *
 * @param person his number within the party, never a name
 * @param messageKeyId the key that signed this request
 */
public record Caller(PartyId party, String person, Role role, Digest messageKeyId) {}
