// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.FieldFault;

/**
 * What one line of a batch says: the state of one asset from an instant on, or of two at once where an address moves, or
 * of one that comes from another reseller. Each state is told in full; a line has effect as a whole or not at all.
 */
public sealed interface RegistrationLine permits RegistrationRecord, AddressMove, HandOver {

    /** The states that hold from {@link #validFrom} on. */
    List<RegistrationRecord> records();

    /** Where each of them stands in the line: an RFC 6901 pointer. */
    List<String> pointers();

    Instant validFrom();

    /** The only exhaustive way to look at it. */
    <T> T match(Function<RegistrationRecord, T> record, Function<AddressMove, T> move, Function<HandOver, T> handOver);

    /** Version, type and salt, as every kind of line begins. */
    static void checkForm(int v, String type, String expected, Bytes salt) {
        if (v != RegistrationRecord.VERSION) {
            throw new FieldFault("/v", "not of version 1");
        }
        if (!type.equals(expected)) {
            throw new FieldFault("/type", "not a " + expected);
        }
        if (salt.length() != RegistrationRecord.SALT_BYTES) {
            throw new FieldFault("/salt", "a salt has 32 bytes");
        }
    }
}
