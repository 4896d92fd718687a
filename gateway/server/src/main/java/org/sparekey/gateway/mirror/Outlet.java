// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.time.InstantSource;

/** What every mirrored shard sends with. */
record Outlet(KafkaClients clients, Topics topics, Lease lease, InstantSource clock, Failpoint failpoint) {}
