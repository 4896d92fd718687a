// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.util.Optional;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.RegistrationRecord;

/** What a target asks of a registration. */
sealed interface Wanted {

    /** Whether the registration could be the target. */
    boolean fits(RegistrationRecord record);

    /** Whether it could also be something else, because the target says too little. */
    default boolean saysTooLittle(RegistrationRecord record) {
        return false;
    }

    record Address(IpPrefix address, Optional<String> protocol, Optional<Integer> port) implements Wanted {

        @Override
        public boolean fits(RegistrationRecord record) {
            return record.addresses().stream().anyMatch(this::fits);
        }

        /** A range of ports belongs to the asset and others to somebody else: without a port both may be meant. */
        @Override
        public boolean saysTooLittle(RegistrationRecord record) {
            return port.isEmpty()
                    && record.addresses().stream()
                            .filter(this::fits)
                            .allMatch(own -> own.portFrom().isPresent());
        }

        private boolean fits(AssignedAddress own) {
            return own.routingDomain().equals(AssignedAddress.PUBLIC)
                    && IpPrefix.parse(own.prefix()).contains(address)
                    && (port.isEmpty() || own.portFrom().isEmpty() || holdsPort(own));
        }

        private boolean holdsPort(AssignedAddress own) {
            return own.protocol().equals(protocol)
                    && own.portFrom().orElseThrow() <= port.orElseThrow()
                    && own.portTo().orElseThrow() >= port.orElseThrow();
        }
    }

    record VpsRef(String vpsRef) implements Wanted {
        @Override
        public boolean fits(RegistrationRecord record) {
            return record.vpsRef().equals(vpsRef);
        }
    }

    record Uuid(String cluster, String uuid) implements Wanted {
        @Override
        public boolean fits(RegistrationRecord record) {
            return record.cluster().equals(cluster) && record.uuid().equals(Optional.of(uuid));
        }
    }

    record VmId(String cluster, String vmId) implements Wanted {
        @Override
        public boolean fits(RegistrationRecord record) {
            return record.cluster().equals(cluster) && record.vmId().equals(Optional.of(vmId));
        }
    }

    /** Empty when the target names nothing that a registration holds: a host name, or not of its format. */
    static Optional<Wanted> of(Target target) {
        return switch (target.format()) {
            case ADDRESS -> address(target);
            case VPS_REF -> Optional.of(new VpsRef(target.value()));
            case UUID -> split(target).map(parts -> new Uuid(parts[1], parts[0]));
            case VM_ID -> split(target).map(parts -> new VmId(parts[1], parts[0]));
            case HOST_NAME -> Optional.empty();
        };
    }

    private static Optional<Wanted> address(Target target) {
        try {
            IpPrefix address = IpPrefix.parse(target.value());
            return address.isAddress()
                    ? Optional.of(new Address(address, target.protocol(), target.port()))
                    : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** The cluster stands behind the last at sign. */
    private static Optional<String[]> split(Target target) {
        int at = target.value().lastIndexOf('@');
        return at <= 0 || at == target.value().length() - 1
                ? Optional.empty()
                : Optional.of(new String[] {
                    target.value().substring(0, at), target.value().substring(at + 1)
                });
    }
}
