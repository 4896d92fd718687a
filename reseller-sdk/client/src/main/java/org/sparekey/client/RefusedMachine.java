// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import org.sparekey.protocol.registration.LineRefusal;

/**
 * A machine whose line had no effect. It is sent again by the next synchronisation.
 *
 * @param asset cluster/vm
 * @param line in the batch as sent; 2 is the first record
 * @param code a {@link LineRefusal}, or one of a newer gateway
 * @param pointer RFC 6901, into the record
 */
public record RefusedMachine(String asset, int line, String code, String pointer) {}
