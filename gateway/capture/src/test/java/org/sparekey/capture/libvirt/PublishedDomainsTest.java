// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.io.IOException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.listing.ListedGuest;
import org.sparekey.protocol.hypervisor.Described;
import org.sparekey.protocol.hypervisor.PublishedDomains;

class PublishedDomainsTest {

    @Test
    void each_of_libvirts_own_test_files_gives_identifiers_or_a_coded_reason_as_the_agent_reads_it() throws Exception {
        PublishedDomains.areReadAlike(PublishedDomainsTest::described);
    }

    @Test
    void each_of_them_can_be_captured_from_or_is_refused_with_a_code() throws Exception {
        PublishedDomains.areReadAlike(xml -> {
            try {
                DomainXml.parse(xml);
            } catch (CaptureException refused) {
                Assertions.assertThat(refused.refusal()).isEqualTo(CaptureRefusal.HYPERVISOR_FAILED);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return described(xml);
        });
    }

    private static Described described(String xml) {
        try {
            DomainIdentity domain = DomainIdentity.parse(xml);
            return Described.guest(
                    domain.kind() == ListedGuest.Kind.CONTAINER,
                    domain.name(),
                    domain.uuid(),
                    domain.identifiers().macs(),
                    domain.identifiers().diskIds(),
                    domain.identifiers().addresses());
        } catch (CaptureException e) {
            Assertions.assertThat(e.refusal()).isEqualTo(CaptureRefusal.DESCRIPTION_MALFORMED);
            return Described.refused(e.refusal().code());
        }
    }
}
