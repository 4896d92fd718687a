// SPDX-License-Identifier: Apache-2.0
/**
 * The reseller's agent: the {@code sparekey-agent} command keeps a hoster's registry in step with what the reseller really
 * rents out, from a CSV file, libvirt or Proxmox VE. Everything it does stands on the public client; what it adds is the
 * reading of sources, the caution about what is missing, a spool for hints, and words.
 */
@NullMarked
package org.sparekey.agent;

import org.jspecify.annotations.NullMarked;
