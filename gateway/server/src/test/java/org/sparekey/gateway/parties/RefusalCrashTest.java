// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.fixture.Death;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionOperations;

/** A refusal whose process dies is entered or never was; and it is not rolled back with what it refused. */
class RefusalCrashTest {

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final String type = "test.refused-" + UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(strings = {"parties.refusing", "parties.refused"})
    void a_crash_while_a_refusal_is_entered_leaves_the_entry_and_its_count_or_neither(String place) {
        Failpoint deadly = name -> {
            if (name.equals(place)) {
                Death.Walk.to(0).reached(name);
            }
        };
        assertThatThrownBy(() -> entries(deadly).enter(attempt())).isInstanceOf(Death.class);
        int left = place.equals("parties.refused") ? 1 : 0;
        assertThat(entered()).isEqualTo(left);

        for (int i = left; i < RefusalEntries.MAX_PER_MINUTE + 1; i++) {
            entries(_ -> {}).enter(attempt());
        }

        assertThat(entered()).isEqualTo(RefusalEntries.MAX_PER_MINUTE);
    }

    @Test
    void a_refusal_is_not_entered_in_the_transaction_that_it_ends() {
        RefusalEntries entries = entries(_ -> {});
        assertThatThrownBy(() ->
                        gateway.bean(TransactionOperations.class).executeWithoutResult(_ -> entries.enter(attempt())))
                .isInstanceOf(IllegalTransactionStateException.class);
        assertThatThrownBy(() -> entries.admit(new PartyId("somebody"), type, LogName.CASE))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    private RefusedAttempt attempt() {
        Actor actor = new Actor("RESELLER", Optional.empty());
        return new RefusedAttempt(LogName.CASE, type, new PartyId("somebody"), actor, type, Map.of(), new byte[] {1});
    }

    private int entered() {
        return gateway.bean(JdbcClient.class)
                .sql("""
                SELECT count(*) FROM (
                    SELECT leaf_hash, type FROM auditlog_outbox UNION SELECT leaf_hash, type FROM auditlog_entry
                ) AS entry WHERE type = :type
                """)
                .param("type", type)
                .query(Integer.class)
                .single();
    }

    private RefusalEntries entries(Failpoint failpoint) {
        return new RefusalEntries(
                gateway.bean(AuditLog.class),
                new RefusalTable(gateway.bean(JdbcClient.class)),
                gateway.bean(TransactionOperations.class),
                gateway.bean(InstantSource.class),
                failpoint);
    }
}
