// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

/** What an Idempotency-Key is worth. */
public sealed interface Claim {

    /** First time: go on, in the same transaction. */
    record New() implements Claim {}

    /** The same request again: answer from the stored state of this resource, freshly signed. */
    record Earlier(String resource) implements Claim {}
}
