// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

/** What an order asks for. Each kind is judged apart: emergency shortens a clock, never the authority needed. */
public enum OrderKind {
    VOLUNTARY_REQUEST,
    EXISTENCE_CHECK,
    PRODUCTION_IDENTITY,
    PRESERVATION,
    PRODUCTION_TRAFFIC,
    SNAPSHOT_COPY,
    TAKE_DOWN,
    RESTORE,
    EXTENSION,
    WITHDRAWAL,
    ORAL_CONFIRMATION,
    CLARIFICATION
}
