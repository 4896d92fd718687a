// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import org.junit.jupiter.api.Test;
import org.sparekey.protocol.hypervisor.Described;
import org.sparekey.protocol.hypervisor.PublishedDomains;
import org.sparekey.protocol.registration.AssetKind;

class PublishedDomainsTest {

    @Test
    void each_of_libvirts_own_test_files_gives_identifiers_or_a_reason_as_the_hoster_reads_it() throws Exception {
        PublishedDomains.areReadAlike(xml -> {
            try {
                Guest guest = DomainXml.guest(xml, true);
                return Described.guest(
                        guest.kind() == AssetKind.CONTAINER,
                        guest.vm(),
                        guest.uuid(),
                        guest.macs(),
                        guest.disks(),
                        guest.addresses());
            } catch (SourceException e) {
                return Described.refused(e.getMessage());
            }
        });
    }
}
