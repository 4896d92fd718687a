// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

/** As what the addressee is addressed (Regulation (EU) 2016/679, article 4). */
public enum Capacity {
    CONTROLLER,
    PROCESSOR
}
