// SPDX-License-Identifier: Apache-2.0
/**
 * One signed exchange with a gateway over the JDK's HTTP client: mutual TLS, a token bound to the connection's
 * certificate, a signed request, an answer that is believed only under the gateway's pinned message key.
 *
 * <p>Start from {@link ChannelConfiguration#load} and {@link Channel#open}; send a {@link Call}, match the
 * {@link Answer}; fetch evidence with {@link Channel#download}. What is not authentic never becomes an answer: it is a
 * {@link ChannelException}.
 */
@NullMarked
package org.sparekey.protocol.channel;

import org.jspecify.annotations.NullMarked;
