// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.sparekey.protocol.json.Bytes;

/**
 * One address goes from one asset of the reseller to another: it closes for the one and opens for the other at one
 * instant, in one line, so that no half of it can be refused or lost.
 *
 * @param address as both records spell it
 * @param from the asset that had it, as it is from then on: without the address
 * @param to the asset that has it from then on
 */
public record AddressMove(
        int v, String type, AssignedAddress address, RegistrationRecord from, RegistrationRecord to, Bytes salt)
        implements RegistrationLine {

    public static final String TYPE = "address-move";

    public AddressMove {
        RegistrationLine.checkForm(v, type, TYPE, salt);
    }

    /** @param salt 32 random bytes */
    public static AddressMove of(AssignedAddress address, RegistrationRecord from, RegistrationRecord to, Bytes salt) {
        return new AddressMove(RegistrationRecord.VERSION, TYPE, address, from, to, salt);
    }

    @Override
    public List<RegistrationRecord> records() {
        return List.of(from, to);
    }

    @Override
    public List<String> pointers() {
        return List.of("/from", "/to");
    }

    @Override
    public Instant validFrom() {
        return to.validFrom();
    }

    @Override
    public <T> T match(
            Function<RegistrationRecord, T> record, Function<AddressMove, T> move, Function<HandOver, T> handOver) {
        return move.apply(this);
    }
}
