// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.fixture.Death;
import org.sparekey.protocol.json.Bytes;

/**
 * The process dies after each entry that this room hands over, before its commit and behind it, in every story an order can
 * have; it comes up again and everybody sends what he sent once more, under the same keys. In the end the case holds exactly
 * the entries of the story in which nobody died: nothing is lost, nothing doubled, nothing unlogged.
 */
class OrdersCrashTest {

    private static final int LOG_AT_MOST = 100_000;

    private final OrdersFixture fixture = OrdersFixture.fresh();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_crash_behind_any_entry_loses_nothing_and_doubles_nothing(Story.Kind kind) {
        Death.Walk whole = Death.Walk.through();
        List<String> expected = told(kind, whole);
        List<Bytes> logged = logged();
        for (int place = 0; place < whole.passed().size(); place++) {
            String name = place + " " + whole.passed().get(place);
            Story story = new Story(fixture);
            Death.Walk deadly = Death.Walk.to(place);
            assertThat(catchThrowable(() -> kind.tell(story, fixture.open(kind.settings(), deadly::reached))))
                    .as(name)
                    .isInstanceOf(Death.class);
            fixture.pass(Executions.LEASE.plusSeconds(1));

            OrderId id = kind.tell(story, fixture.open(kind.settings()));

            assertThat(kind.effects(fixture.entries(id))).as(name).isEqualTo(kind.effects(expected));
            List<Bytes> now = logged();
            assertThat(now.subList(0, logged.size())).as(name).isEqualTo(logged);
            assertThat(fixture.log.stopped()).as(name).isEmpty();
            logged = now;
        }
    }

    @Test
    void the_stories_pass_every_entry_of_a_case() {
        Set<String> passed = new TreeSet<>();
        for (Story.Kind kind : Story.Kind.values()) {
            Death.Walk whole = Death.Walk.through();
            told(kind, whole);
            passed.addAll(whole.passed());
        }
        Set<OrderStatement> ofNoCase = EnumSet.of(
                OrderStatement.MALFORMED,
                OrderStatement.APPROVAL_MALFORMED,
                OrderStatement.READ_REFUSED,
                OrderStatement.REVOCATION_UNKNOWN);
        // Their terms are longer than the certificates of a world that dies at every place: ClocksCrashTest has them.
        Set<OrderStatement> ofYears = EnumSet.of(
                OrderStatement.CONFIRMATION_OVERDUE,
                OrderStatement.QUARANTINED,
                OrderStatement.DESTROYED,
                OrderStatement.RELEASED_HOLD,
                OrderStatement.MAY_INFORM);
        // One act about every case of an authority, and nobody's story: SuspensionCrashTest has them.
        Set<OrderStatement> ofAnAuthority =
                EnumSet.of(OrderStatement.AUTHORITY_SUSPENDED, OrderStatement.AUTHORITY_RESUMED);
        // Needs a copy that is secured and a key that ended meanwhile: LettingGoTest has it, and the death at it.
        Set<OrderStatement> ofACopy = EnumSet.of(OrderStatement.RELEASE_STOPPED);
        // Needs somebody who fills an officer's seat: DelegationCrashTest has it, and the deaths at it.
        Set<OrderStatement> ofASeat = EnumSet.of(OrderStatement.DELEGATION);
        // Needs a row that was restored behind its log: ThawTest has them, and the deaths at each.
        Set<OrderStatement> ofABackup = EnumSet.of(
                OrderStatement.FROZEN,
                OrderStatement.THAWED,
                OrderStatement.BEGUN_AGAIN,
                OrderStatement.KEPT,
                OrderStatement.ABANDONED);
        assertThat(passed)
                .containsAll(EnumSet.complementOf(EnumSet.copyOf(ofNoCase)).stream()
                        .filter(says -> !ofYears.contains(says) && !ofAnAuthority.contains(says))
                        .filter(says -> !ofACopy.contains(says) && !ofASeat.contains(says))
                        .filter(says -> !ofABackup.contains(says))
                        .map(says -> "orders." + says.type())
                        .toList());
    }

    private List<String> told(Story.Kind kind, Death.Walk walk) {
        OrderId id = kind.tell(new Story(fixture), fixture.open(kind.settings(), walk::reached));
        return fixture.entries(id);
    }

    /** The log as it is published: what stood in it stands in it. */
    private List<Bytes> logged() {
        Function<EntryText, Bytes> bytes = entry -> Bytes.of(entry.bytes());
        return new ArrayList<>(fixture.log.from(LogName.CASE, 0, LOG_AT_MOST).stream()
                .map(bytes)
                .toList());
    }
}
