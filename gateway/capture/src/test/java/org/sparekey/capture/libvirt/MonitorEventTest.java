// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MonitorEventTest {

    @Test
    void a_line_of_virsh_is_read() {
        MonitorEvent event = MonitorEvent.parse(
                        "2026-11-23 05:53:32.210+0000: event JOB_STATUS_CHANGE for domain 'it's a name':"
                                + " {\"status\":\"running\",\"id\":\"backup-vda-libvirt-1-format\"}")
                .orElseThrow();
        assertThat(event.time()).isEqualTo(Instant.parse("2026-11-23T05:53:32.210Z"));
        assertThat(event.backup("it's a name", "vda", "running")).isTrue();
        assertThat(event.backup("it's a name", "vdb", "running")).isFalse();
        assertThat(event.backup("another", "vda", "running")).isFalse();
        assertThat(event.pause()).isFalse();
    }

    @Test
    void a_pause_is_a_pause() {
        assertThat(MonitorEvent.parse("2026-11-23 05:53:32.210+0000: event STOP for domain 'a': <null>"))
                .hasValueSatisfying(event -> assertThat(event.pause()).isTrue());
    }

    @Test
    void anything_else_is_no_event() {
        assertThat(MonitorEvent.parse("events received: 3")).isEmpty();
        assertThat(MonitorEvent.parse("yesterday noon: event STOP for domain 'a': <null>"))
                .isEmpty();
    }
}
