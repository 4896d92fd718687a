// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.registration.CaptureMeans;
import org.sparekey.protocol.registration.Tenancy;

/**
 * What a target turned out to be. Every case carries the {@link Answer} an identity order gets; only {@link Found} names
 * an asset, and only a CERTAIN one may be captured.
 */
public sealed interface Located {

    Answer answer();

    /**
     * One asset, of the same tenant then and now, and running as registered.
     *
     * @param tenancy SHARED goes to an enrolled filter destination only
     * @param reviewBeforeCapture likewise
     */
    record Found(
            LocatedAsset asset, Answer answer, Tenancy tenancy, boolean reviewBeforeCapture, CaptureMeans captureMeans)
            implements Located {}

    /** The asset has or had another tenant since: an innocent successor is never copied. */
    record TenancyChanged(Answer answer) implements Located {}

    /** Two candidates, two tenants in the window, or a shared address without a port. */
    record Ambiguous(Answer answer) implements Located {}

    /** No registration fits; the party of record may still be known from the hoster's own tables. */
    record Unknown(Answer answer) implements Located {}

    /** Registered, but what runs does not confirm it. */
    record NotMatched(Answer answer, Mismatch mismatch) implements Located {}
}
