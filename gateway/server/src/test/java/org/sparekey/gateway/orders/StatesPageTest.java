// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StatesPageTest {

    private static final Path PAGE =
            Path.of(System.getProperty("sparekey.basedir", "../.."), "docs", "order-states.md");

    @Test
    void the_page_of_states_says_what_the_code_does() throws IOException {
        assertThat(Files.readString(PAGE)).isEqualTo(StatesPage.text());
    }

    @Test
    void a_page_that_lacks_one_transition_is_noticed() throws IOException {
        String lacking = Files.readString(PAGE).replace("    secured --> released: Release\n", "");

        assertThat(lacking).isNotEqualTo(Files.readString(PAGE)).isNotEqualTo(StatesPage.text());
    }
}
