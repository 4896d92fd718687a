// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.sparekey.bench.Comparison.Share;
import org.sparekey.gateway.registry.Located;
import org.sparekey.gateway.registry.Registry;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.RecordCheck;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose an address was: with many rows against few, and over HTTPS against an echo and the one query it needs. */
final class LookupComparisons {

    private final Registry large;
    private final PastYears largeYears;
    private final Registry small;
    private final PastYears smallYears;
    private final JdbcClient database;
    private final Asker asker;
    private final Instant now;
    private final SplittableRandom random = new SplittableRandom(2);

    /** @param database of the large one; the asker asks its gateway */
    LookupComparisons(
            Registry large,
            PastYears largeYears,
            Registry small,
            PastYears smallYears,
            JdbcClient database,
            Asker asker,
            Instant now) {
        this.large = large;
        this.largeYears = largeYears;
        this.small = small;
        this.smallYears = smallYears;
        this.database = database;
        this.asker = asker;
        this.now = now;
    }

    List<Comparison> all(Size size) {
        int lookups = size.of(1_000);
        return List.of(
                new Comparison(
                        "lookup_scale",
                        1.3,
                        Yardstick.MEDIAN_TIME,
                        new Share(lookups, operations -> locate(large, largeYears, operations)),
                        new Share(lookups, operations -> locate(small, smallYears, operations)),
                        size.of(5)),
                new Comparison(
                        "lookup_vs_parts",
                        1.5,
                        Yardstick.CPU,
                        new Share(lookups, operations -> asker.ask(BenchDoor.LOOKUP, operations)),
                        new Share(lookups, this::parts),
                        size.of(5)));
    }

    private void locate(Registry registry, PastYears years, int operations) {
        for (int n = 0; n < operations; n++) {
            Target target = years.ask(random);
            Located located = registry.locate(target, target.observedAt(), now, now);
            if (located.answer().partyOfRecord().isEmpty()) {
                throw new IllegalStateException("nobody had " + target);
            }
        }
    }

    private void parts(int operations) throws Exception {
        asker.ask(BenchDoor.ECHO, operations);
        for (int n = 0; n < operations; n++) {
            lookUp(largeYears.ask(random));
        }
    }

    /** The newest row up to the instant, and the statement it stands for. */
    private void lookUp(Target target) {
        IpPrefix address = IpPrefix.parse(target.value());
        database.sql("""
                SELECT record FROM registry_address JOIN registry_registration USING (vps_ref, valid_from)
                WHERE routing_domain = :domain AND ip = ANY (CAST(:probes AS cidr[])) AND valid_from <= :at
                ORDER BY valid_from DESC LIMIT 1
                """)
                .param("domain", AssignedAddress.PUBLIC)
                .param(
                        "probes",
                        address.probes(RecordCheck.SHORTEST_V4).stream()
                                .map(IpPrefix::text)
                                .toArray(String[]::new))
                .param("at", Timestamp.from(target.observedAt().from()))
                .query(byte[].class)
                .single();
    }
}
