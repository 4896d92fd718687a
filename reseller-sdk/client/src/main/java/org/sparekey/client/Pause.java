// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.time.Duration;

/** How a client waits between attempts; a test lets its clock run instead. */
@FunctionalInterface
public interface Pause {

    void of(Duration time) throws InterruptedException;
}
