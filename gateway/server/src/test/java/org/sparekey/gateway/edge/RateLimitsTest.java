// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.mock.web.MockHttpServletResponse;

class RateLimitsTest {

    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final RateLimits limits = new RateLimits(3, () -> now);
    private final Digest key = Digest.sha256(new byte[] {1});

    @Test
    void the_fourth_of_three_is_refused_until_the_window_ends() {
        take(key);
        take(key);
        assertThat(take(key).getHeader("RateLimit")).isEqualTo("\"key\";r=0;t=60");
        now = now.plusSeconds(20);
        MockHttpServletResponse refused = new MockHttpServletResponse();
        assertThatThrownBy(() -> limits.take(key, refused))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS));
        assertThat(refused.getHeader("Retry-After")).isEqualTo("40");
        now = now.plusSeconds(40);
        assertThat(take(key).getHeader("RateLimit")).isEqualTo("\"key\";r=2;t=60");
    }

    @Test
    void one_key_does_not_use_up_anothers() {
        take(key);
        take(key);
        take(key);
        assertThat(take(Digest.sha256(new byte[] {2})).getHeader("RateLimit")).contains("r=2");
    }

    @Test
    void a_clock_that_goes_back_begins_a_new_window() {
        take(key);
        now = now.minusSeconds(3600);
        assertThat(take(key).getHeader("RateLimit")).contains("r=2");
    }

    private MockHttpServletResponse take(Digest of) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        limits.take(of, response);
        return response;
    }
}
