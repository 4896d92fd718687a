// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.Bytes;

class IpPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "192.0.2.7/32, 192.0.2.7",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0db8::/32, 2001:db8::/32",
        "0:0:1:0:0:0:0:0, 0:0:1::",
        "1:0:0:2:0:0:3:4, 1::2:0:0:3:4",
        "::, ::",
        "::1, ::1"
    })
    void every_legal_spelling_has_one_canonical_text(String text, String canonical) {
        assertThat(IpPrefix.parse(text).text()).isEqualTo(canonical);
        assertThat(IpPrefix.isCanonical(canonical)).isTrue();
        assertThat(IpPrefix.isCanonical(text)).isEqualTo(text.equals(canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4/33",
                "1.2.3.4/24",
                "1.2.3.4/",
                "1.2.3.4/-1",
                "1.2.3.4/032",
                "::ffff:1.2.3.4",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "::1:2:3:4:5:6:7:8",
                "fe80::1%eth0",
                "12345::",
                ":::",
                ":1",
                "1:",
                "2001:db8::1/64",
                "localhost",
                "[::1]",
                " 1.2.3.4",
                "1.2.3.4 "
            })
    void what_is_not_an_address_is_refused_and_never_looked_up(String text) {
        assertThatThrownBy(() -> IpPrefix.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void random_addresses_agree_with_the_jdk_and_are_written_as_they_are_read() throws Exception {
        SplittableRandom random = new SplittableRandom(20260301);
        for (int i = 0; i < 5_000; i++) {
            byte[] address = new byte[random.nextBoolean() ? 4 : 16];
            for (int b = 0; b < address.length; b++) {
                address[b] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
            }
            address[0] = 0x20;
            IpPrefix prefix = new IpPrefix(Bytes.of(address), address.length * 8);
            assertThat(InetAddress.getByName(prefix.text()).getAddress()).isEqualTo(address);
            assertThat(IpPrefix.parse(prefix.text())).isEqualTo(prefix);
            int length = random.nextInt(address.length * 8 + 1);
            assertThat(prefix.widened(length).contains(prefix)).isTrue();
            assertThat(prefix.probes(8)).contains(prefix.widened(Math.max(8, length)));
        }
    }

    @Test
    void a_prefix_contains_what_lies_in_it_and_nothing_of_the_other_family() {
        IpPrefix net = IpPrefix.parse("192.0.2.0/28");
        assertThat(net.contains(IpPrefix.parse("192.0.2.15"))).isTrue();
        assertThat(net.contains(IpPrefix.parse("192.0.2.16"))).isFalse();
        assertThat(net.contains(IpPrefix.parse("192.0.2.0/27"))).isFalse();
        assertThat(net.overlaps(IpPrefix.parse("192.0.2.0/27"))).isTrue();
        assertThat(IpPrefix.parse("::/0").contains(net)).isFalse();
    }
}
