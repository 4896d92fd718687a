// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

/** How an order may name its one target. */
public enum TargetFormat {
    ADDRESS,
    VPS_REF,
    UUID,
    VM_ID,
    HOST_NAME
}
