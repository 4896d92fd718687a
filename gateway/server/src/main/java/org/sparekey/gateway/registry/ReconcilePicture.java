// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.protocol.coverage.AssetState;
import org.sparekey.protocol.coverage.Finding;
import org.sparekey.protocol.coverage.Share;
import org.sparekey.protocol.coverage.StateCounts;
import org.sparekey.protocol.registration.CustomerRole;
import org.sparekey.protocol.registration.IpPrefix;

/** One reseller's picture while it is drawn. */
final class ReconcilePicture {

    private final List<Finding> findings = new ArrayList<>();
    private int young;
    private int unobserved;
    private int onward;
    private Share assets = Share.NONE;
    private Share addresses = Share.NONE;

    void add(ReconcileDecisions.Judged one, Optional<Finding> finding) {
        finding.ifPresentOrElse(findings::add, () -> unobserved++);
        boolean sellsOn = one.row().record().customerRole().equals(Optional.of(CustomerRole.ONWARD_SELLER));
        onward += sellsOn && !one.row().ended() ? 1 : 0;
    }

    void claimed(Observation guest, ReconcileDecisions.Judged claim) {
        boolean matched = claim.state().equals(Optional.of(AssetState.MATCHED));
        assets = assets.plus(new Share(matched ? 1 : 0, 1));
        long covered = matched
                ? guest.addresses().stream()
                        .filter(address -> registered(claim, IpPrefix.parse(address)))
                        .count()
                : 0;
        addresses = addresses.plus(new Share(covered, guest.addresses().size()));
    }

    private static boolean registered(ReconcileDecisions.Judged claim, IpPrefix address) {
        return claim.row().record().addresses().stream()
                .anyMatch(own -> IpPrefix.parse(own.prefix()).contains(address));
    }

    void unregistered(Observation guest, Finding finding) {
        findings.add(finding);
        assets = assets.plus(new Share(0, 1));
        addresses = addresses.plus(new Share(0, guest.addresses().size()));
    }

    void young() {
        young++;
    }

    Reconciled.Picture finished() {
        return new Reconciled.Picture(StateCounts.of(findings, young, unobserved), findings, assets, addresses, onward);
    }
}
