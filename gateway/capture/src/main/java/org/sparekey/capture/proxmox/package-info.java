// SPDX-License-Identifier: EUPL-1.2
/** Lists what a Proxmox VE cluster runs, over its HTTP API with a token that may only look. */
@NullMarked
package org.sparekey.capture.proxmox;

import org.jspecify.annotations.NullMarked;
