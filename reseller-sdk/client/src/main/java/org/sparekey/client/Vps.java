// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparekey.protocol.registration.AssetKind;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.CaptureMeans;
import org.sparekey.protocol.registration.CustomerRole;
import org.sparekey.protocol.registration.IpPrefix;

/**
 * One machine as it is from an instant on.
 *
 * @param cluster where it runs, by the name the hoster uses
 * @param vm the hypervisor's own number or name of it
 * @param diskIds the hypervisor's source ids of its disks
 * @param addresses addresses and prefixes of the internet, in their one spelling
 * @param running whether it runs, as the reseller sees it
 * @param reinstalled true when the disk was wiped for the same customer: what was on it is gone
 * @param ended true when the machine is gone
 * @param validFrom since when all this is so
 * @param observed true when validFrom is only when somebody looked: a later look at the same machine is then no change
 * @param assigned what it answers on beside {@code addresses}: ports of an address that others share, or addresses of
 *     another routing domain than the internet
 * @param customerRole whether the renter uses it himself or lets it on; empty = nothing is said about it
 * @param reviewBeforeCapture asks that somebody looks before it is copied; the reason stays with the reseller
 */
public record Vps(
        AssetKind kind,
        CaptureMeans captureMeans,
        String cluster,
        String vm,
        Optional<String> node,
        Optional<String> uuid,
        List<String> macs,
        List<String> diskIds,
        List<String> addresses,
        boolean running,
        boolean reinstalled,
        boolean ended,
        Optional<Customer> customer,
        Instant validFrom,
        boolean observed,
        List<AssignedAddress> assigned,
        Optional<CustomerRole> customerRole,
        boolean reviewBeforeCapture) {

    public Vps {
        assigned = List.copyOf(assigned);
        macs = List.copyOf(macs);
        diskIds = List.copyOf(diskIds);
        addresses = List.copyOf(addresses);
        validFrom = validFrom.truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    }

    /** A running virtual machine with one address; {@link #on} describes any other. */
    public static Vps of(String cluster, String vm, String address, Customer customer, Instant validFrom) {
        return on(cluster, vm).address(address).customer(customer).since(validFrom);
    }

    /** Begins the description of a machine; {@link Description#since} ends it. */
    public static Description on(String cluster, String vm) {
        return new Description(cluster, vm);
    }

    /** By what the reseller's own administration names the machine: cluster/vm. */
    public String asset() {
        return cluster + "/" + vm;
    }

    /** Collects what is known of a machine. */
    public static final class Description {

        private final String cluster;
        private final String vm;
        private final List<String> macs = new ArrayList<>();
        private final List<String> diskIds = new ArrayList<>();
        private final List<String> addresses = new ArrayList<>();
        private final List<AssignedAddress> assigned = new ArrayList<>();
        private AssetKind kind = AssetKind.VM;
        private CaptureMeans captureMeans = CaptureMeans.HOSTER;
        private Optional<String> node = Optional.empty();
        private Optional<String> uuid = Optional.empty();
        private Optional<Customer> customer = Optional.empty();
        private boolean running = true;
        private boolean reinstalled;
        private boolean ended;
        private Optional<CustomerRole> customerRole = Optional.empty();
        private boolean reviewBeforeCapture;

        private Description(String cluster, String vm) {
            this.cluster = cluster;
            this.vm = vm;
        }

        public Description kind(AssetKind kind, CaptureMeans captureMeans) {
            this.kind = kind;
            this.captureMeans = captureMeans;
            return this;
        }

        public Description node(String name) {
            this.node = Optional.of(name);
            return this;
        }

        public Description uuid(String text) {
            this.uuid = Optional.of(text.toLowerCase(Locale.ROOT));
            return this;
        }

        public Description mac(String text) {
            macs.add(text.toLowerCase(Locale.ROOT));
            return this;
        }

        public Description disk(String sourceId) {
            diskIds.add(sourceId);
            return this;
        }

        /** @throws IllegalArgumentException when it is neither an address nor a prefix */
        public Description address(String addressOrPrefix) {
            addresses.add(IpPrefix.parse(addressOrPrefix).text());
            return this;
        }

        /**
         * Every address from the first to the last, as the fewest prefixes that are exactly these.
         *
         * @throws IllegalArgumentException when these are not two addresses of one family, the first not above the last
         */
        public Description range(String first, String last) {
            AssignedAddress.ofPublicRange(first, last).forEach(one -> addresses.add(one.prefix()));
            return this;
        }

        /**
         * A range of ports of an internet address that several machines share.
         *
         * @param protocol {@code tcp} or {@code udp}
         * @throws IllegalArgumentException when it is no address, or no range of ports from 1 to 65,535
         */
        public Description ports(String address, String protocol, int from, int to) {
            if (!IpPrefix.parse(address).isAddress() || from < 1 || from > to || to > AssignedAddress.MAX_PORT) {
                throw new IllegalArgumentException("ports are a range from 1 to 65535 of one address");
            }
            return assigned(
                    AssignedAddress.ofPublicPorts(IpPrefix.parse(address).text(), protocol, from, to));
        }

        /** What {@link #address}, {@link #range} and {@link #ports} do not say: an address of another routing domain. */
        public Description assigned(AssignedAddress address) {
            assigned.add(address);
            return this;
        }

        /** Whether the renter uses the machine himself, or lets it on to customers of his own. */
        public Description customerRole(CustomerRole role) {
            this.customerRole = Optional.of(role);
            return this;
        }

        /** Asks that somebody looks before it is copied, of the kind that a lawyer's or a doctor's machine needs. */
        public Description reviewBeforeCapture() {
            this.reviewBeforeCapture = true;
            return this;
        }

        public Description customer(Customer renter) {
            this.customer = Optional.of(renter);
            return this;
        }

        public Description stopped() {
            this.running = false;
            return this;
        }

        public Description reinstalled() {
            this.reinstalled = true;
            return this;
        }

        public Description ended() {
            this.ended = true;
            this.running = false;
            return this;
        }

        /** The machine, as it is since this instant. */
        public Vps since(Instant validFrom) {
            return vps(validFrom, false);
        }

        /** The machine, as a look at the hypervisor found it; who knows since when says {@link #since}. */
        public Vps observedAt(Instant instant) {
            return vps(instant, true);
        }

        private Vps vps(Instant validFrom, boolean observed) {
            List<String> held = ended ? List.of() : addresses;
            return new Vps(
                    kind,
                    captureMeans,
                    cluster,
                    vm,
                    node,
                    uuid,
                    macs,
                    diskIds,
                    held,
                    running,
                    reinstalled,
                    ended,
                    customer,
                    validFrom,
                    observed,
                    ended ? List.of() : assigned,
                    customerRole,
                    reviewBeforeCapture);
        }
    }
}
