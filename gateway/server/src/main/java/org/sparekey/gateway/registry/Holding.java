// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

/**
 * An asset that fitted the target somewhere in the window.
 *
 * @param row the statement that first fitted
 * @param whole whether it fitted, for one tenant, at every instant of the window
 * @param oneTenant whether all fitting statements name the same tenant
 * @param tooLittle whether the target could as well mean another asset
 */
record Holding(Registered row, boolean whole, boolean oneTenant, boolean tooLittle) {

    boolean same(Holding other) {
        return row.vpsRef().equals(other.row.vpsRef())
                && row.record().tenancyRef().equals(other.row.record().tenancyRef());
    }
}
