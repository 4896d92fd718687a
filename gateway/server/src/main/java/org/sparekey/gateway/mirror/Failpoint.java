// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

/** Where a test lets the process die. */
@FunctionalInterface
interface Failpoint {

    void reached(String name);
}
