// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

/** Categories of stored information, from the least to the most intrusive. */
public enum Category {
    EXISTENCE,
    SUBSCRIBER,
    TRAFFIC,
    CONTENT
}
