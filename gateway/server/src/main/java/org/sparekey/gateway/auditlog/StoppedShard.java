// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import org.sparekey.protocol.json.Digest;

/**
 * One origin that is stopped.
 *
 * @param size leaves that the database holds of it
 * @param root of their tree
 */
public record StoppedShard(String origin, long size, Digest root, StopReason reason) {}
