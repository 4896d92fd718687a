// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import org.sparekey.gateway.keys.LogSigner;

/** One origin: its signer, what the signer remembers, and where it is published. */
record Shard(LogName log, String origin, LogSigner signer, ForkGuard guard, PublishedFiles files) {}
