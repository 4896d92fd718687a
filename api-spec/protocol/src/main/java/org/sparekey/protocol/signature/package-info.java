// SPDX-License-Identifier: Apache-2.0
/**
 * Signed HTTP messages: RFC 9421 signatures, RFC 9530 digests, and the one profile of them that Sparekey speaks.
 *
 * <p>A sender takes a {@link RequestSigner} (or {@link ResponseSigner}), a receiver a {@link RequestVerifier} (or
 * {@link ResponseVerifier}); both work on a neutral {@link Message} and never touch a socket, a clock of their own or a
 * store. That a nonce was not seen before is for the receiver's store to say, after the verdict and before any effect.
 */
@NullMarked
package org.sparekey.protocol.signature;

import org.jspecify.annotations.NullMarked;
