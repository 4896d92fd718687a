// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.client.Customer;
import org.sparekey.client.Vps;
import org.sparekey.protocol.registration.AssetKind;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.CaptureMeans;
import org.sparekey.protocol.registration.CustomerRole;

/**
 * A machine as the agent said it last; it stays on this machine.
 *
 * @param customer the reseller's own reference
 * @param stated the instant that the source gave
 * @param since the instant that was registered
 * @param said when it was last said, or said once more
 * @param assigned what no source lists and others of this ledger said: ports, addresses of other domains; absent = nothing
 * @param customerRole as they said it, of this customer
 * @param reviewBeforeCapture as they said it; absent = not asked for
 */
record Remembered(
        AssetKind kind,
        CaptureMeans captureMeans,
        String cluster,
        String vm,
        Optional<String> node,
        Optional<String> uuid,
        List<String> macs,
        List<String> disks,
        List<String> addresses,
        boolean running,
        Optional<String> customer,
        Instant stated,
        Instant since,
        Instant said,
        Optional<List<AssignedAddress>> assigned,
        Optional<CustomerRole> customerRole,
        Optional<Boolean> reviewBeforeCapture) {

    Remembered {
        macs = List.copyOf(macs);
        disks = List.copyOf(disks);
        addresses = List.copyOf(addresses);
        assigned = assigned.map(List::copyOf);
    }

    static Remembered of(Vps vps, Instant since, Instant said) {
        return new Remembered(
                vps.kind(),
                vps.captureMeans(),
                vps.cluster(),
                vps.vm(),
                vps.node(),
                vps.uuid(),
                vps.macs(),
                vps.diskIds(),
                vps.addresses(),
                vps.running(),
                vps.customer().map(Customer::id),
                vps.validFrom(),
                since,
                said,
                Optional.of(vps.assigned()).filter(some -> !some.isEmpty()),
                vps.customerRole(),
                Optional.of(vps.reviewBeforeCapture()).filter(asked -> asked));
    }

    /** Without the customer: this text ends in logs. */
    @Override
    public String toString() {
        return "Remembered[" + name() + "]";
    }

    String name() {
        return cluster + "/" + vm;
    }

    /** The names of what differs, never the values: this is printed. */
    List<String> differences(Remembered now) {
        List<String> what = new ArrayList<>();
        note(what, "customer", customer, now.customer);
        note(what, "addresses", Set.copyOf(addresses), Set.copyOf(now.addresses));
        note(what, "uuid", uuid, now.uuid);
        note(what, "macs", Set.copyOf(macs), Set.copyOf(now.macs));
        note(what, "disks", Set.copyOf(disks), Set.copyOf(now.disks));
        note(what, "node", node, now.node);
        note(what, "state", running, now.running);
        note(what, "kind", kind, now.kind);
        note(what, "capture", captureMeans, now.captureMeans);
        note(what, "ports", assigned.map(Set::copyOf), now.assigned.map(Set::copyOf));
        note(what, "role", customerRole, now.customerRole);
        note(what, "review", reviewBeforeCapture, now.reviewBeforeCapture);
        return what;
    }

    /** The same machine with other addresses. */
    Remembered holding(List<String> others, Instant from) {
        return new Remembered(
                kind,
                captureMeans,
                cluster,
                vm,
                node,
                uuid,
                macs,
                disks,
                others,
                running,
                customer,
                stated,
                from,
                from,
                assigned,
                customerRole,
                reviewBeforeCapture);
    }

    /** @param reinstalled whether what was on its disk is gone */
    Vps vps(boolean reinstalled) {
        Vps.Description description = Vps.on(cluster, vm).kind(kind, captureMeans);
        node.ifPresent(description::node);
        uuid.ifPresent(description::uuid);
        macs.forEach(description::mac);
        disks.forEach(description::disk);
        addresses.forEach(description::address);
        assigned.orElse(List.of()).forEach(description::assigned);
        customer.map(Customer::of).ifPresent(description::customer);
        customerRole.ifPresent(description::customerRole);
        if (!running) {
            description.stopped();
        }
        if (reinstalled) {
            description.reinstalled();
        }
        if (reviewBeforeCapture.orElse(false)) {
            description.reviewBeforeCapture();
        }
        return description.since(since);
    }

    private static void note(List<String> what, String name, Object before, Object now) {
        if (!before.equals(now)) {
            what.add(name);
        }
    }
}
