// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import org.sparekey.testkit.world.Actor;

/**
 * A submission that must not be taken.
 *
 * @param how it was spoiled, for whoever reads a failure
 * @param by whose channel brings it
 */
record BadOrder(String how, Actor by, byte[] body, String contentType) {}
