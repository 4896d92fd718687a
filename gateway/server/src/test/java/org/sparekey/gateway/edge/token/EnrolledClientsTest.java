// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.party.Scope;
import org.sparekey.testkit.pki.TestCa;

/** Which scopes a token is given, beside those of the enrolment. */
class EnrolledClientsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final X509Certificate ANY = TestCa.root(
                    "Rechtbank Voorbeeld", URI.create("http://crl.invalid/"), () -> NOW, new SecureRandom())
            .certificate();

    @ParameterizedTest
    @EnumSource(Role.class)
    void a_judge_who_was_enrolled_before_there_was_a_scope_for_it_takes_back_too_and_nobody_else_does(Role role) {
        EnrolledKey key = new EnrolledKey(
                Digest.sha256(new byte[0]),
                KeyUse.TLS,
                new PartyId("rechtbank-voorbeeld"),
                "r-1",
                role,
                List.of(Scope.LOG),
                ANY,
                NOW,
                NOW.plusSeconds(1),
                Optional.empty());

        assertThat(EnrolledClients.scopes(key).contains(Scope.WITHDRAWALS)).isEqualTo(role == Role.JUDGE);
        assertThat(EnrolledClients.scopes(key)).contains(Scope.LOG).doesNotContain(Scope.ORDERS, Scope.APPROVALS);
    }
}
