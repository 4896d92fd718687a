// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.deletion;

import java.util.Optional;
import java.util.stream.Stream;
import org.sparekey.protocol.json.FieldFault;

/**
 * A machine by its identifiers: at least one, and all of the same machine.
 *
 * @param uuid the hypervisor's UUID of the guest
 * @param vmId the hypervisor's own number or name
 * @param vpsRef the reseller's random reference
 */
public record DeletedAsset(String cluster, Optional<String> uuid, Optional<String> vmId, Optional<String> vpsRef) {

    public static final int MAX_CHARS = 128;

    public DeletedAsset {
        checkLength("/cluster", cluster);
        uuid.ifPresent(value -> checkLength("/uuid", value));
        vmId.ifPresent(value -> checkLength("/vmId", value));
        vpsRef.ifPresent(value -> checkLength("/vpsRef", value));
        if (Stream.of(uuid, vmId, vpsRef).noneMatch(Optional::isPresent)) {
            throw new FieldFault("/uuid", "at least one of uuid, vmId and vpsRef");
        }
    }

    private static void checkLength(String pointer, String value) {
        if (value.isBlank() || value.length() > MAX_CHARS) {
            throw new FieldFault(pointer, "1 to " + MAX_CHARS + " characters");
        }
    }
}
