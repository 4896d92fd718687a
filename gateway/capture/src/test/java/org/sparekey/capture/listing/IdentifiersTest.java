// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdentifiersTest {

    @Test
    void identifiers_are_spelled_as_registrations_spell_them() {
        Identifiers clean = Identifiers.of(
                Stream.of("/b", "/a", "/a"),
                Stream.of("52:54:00:AB:CD:EF"),
                Stream.of("192.0.2.7/24", "2001:DB8:0::7", "198.51.100.9"));
        assertThat(clean.diskIds()).containsExactly("/a", "/b");
        assertThat(clean.macs()).containsExactly("52:54:00:ab:cd:ef");
        assertThat(clean.addresses()).containsExactly("192.0.2.7", "198.51.100.9", "2001:db8::7");
    }

    @Test
    void what_every_guest_could_bear_identifies_none() {
        Identifiers empty = Identifiers.of(
                Stream.of("", " "),
                Stream.of("00:00:00:00:00:00", "", "none", "52:54:00"),
                Stream.of("dhcp", "auto", "manual", "", "192.0.2.256", "host.example"));
        assertThat(empty).isEqualTo(new Identifiers(java.util.List.of(), java.util.List.of(), java.util.List.of()));
        assertThat(Identifiers.uuid("00000000-0000-0000-0000-000000000000")).isEmpty();
        assertThat(Identifiers.uuid("")).isEmpty();
        assertThat(Identifiers.uuid("not a uuid")).isEmpty();
    }

    @Test
    void a_uuid_is_read_in_both_spellings_that_libvirt_takes() {
        assertThat(Identifiers.uuid("6F0E8B1A-0000-4000-8000-000000000101"))
                .contains("6f0e8b1a-0000-4000-8000-000000000101")
                .isEqualTo(Identifiers.uuid("6f0e8b1a000040008000000000000101"));
    }
}
