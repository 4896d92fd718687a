// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TargetFormat;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.registration.AssetKind;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.AssuranceLevel;
import org.sparekey.protocol.registration.CaptureMeans;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.protocol.registration.Tenancy;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Addresses that each had {@value #PERIODS} machines one after the other, as a registry holds them after some years. */
final class PastYears {

    static final int PERIODS = 5;

    private static final Duration PERIOD = Duration.ofDays(100);
    private static final int OF_A_STATEMENT = 20_000;
    private static final int BYTE = 0xff;

    private final int addresses;
    private final Instant begin;
    private final Instant now;

    PastYears(int rows, Instant now) {
        this.addresses = rows / PERIODS;
        this.now = now;
        this.begin = now.truncatedTo(ChronoUnit.DAYS).minus(PERIOD.multipliedBy(PERIODS));
    }

    /** Rows as registrations leave them, without the registrations. */
    void write(JdbcClient database, Inventory inventory, String reseller) {
        byte[] rented = "kind,value,reseller,from,to\nPREFIX,10.0.0.0/8,%s,%s,\n"
                .formatted(reseller, Wire.text(begin))
                .getBytes(StandardCharsets.UTF_8);
        if (!(inventory.importAssignments(rented) instanceof Imported.Done)) {
            throw new IllegalStateException("the prefix was refused");
        }
        for (int period = 0; period < PERIODS; period++) {
            for (int from = 0; from < addresses; from += OF_A_STATEMENT) {
                write(database, reseller, period, from, Math.min(from + OF_A_STATEMENT, addresses));
            }
        }
    }

    private void write(JdbcClient database, String reseller, int period, int from, int to) {
        database.sql("""
                WITH machines AS (
                    SELECT n, 'vps-past-' || lpad(n::text, 10, '0') || '-' || :period AS ref,
                        '10.' || (n >> 16) || '.' || (n >> 8 & 255) || '.' || (n & 255) AS ip
                    FROM generate_series(:from, :to - 1) AS n
                ), named AS (
                    INSERT INTO registry_vps (vps_ref, reseller) SELECT ref, :reseller FROM machines
                ), said AS (
                    INSERT INTO registry_registration
                        (vps_ref, valid_from, recorded_at, reseller, batch_id, line, record)
                    SELECT ref, :begin, :begin, :reseller, gen_random_uuid(), 2, convert_to(
                        replace(replace(replace(:record, '@ref', ref), '@ip', ip), '@vm', :period || '-' || n), 'UTF8')
                    FROM machines
                )
                INSERT INTO registry_address
                    (routing_domain, ip, protocol, port_from, port_to, vps_ref, released, valid_from, recorded_at)
                SELECT 'public', CAST(ip AS cidr), '', 0, 65535, ref, false, :begin, :begin FROM machines
                """)
                .param("period", Integer.toString(period))
                .param("from", from)
                .param("to", to)
                .param("reseller", reseller)
                .param("begin", Timestamp.from(beginOf(period)))
                .param("record", template(period))
                .update();
    }

    private Instant beginOf(int period) {
        return begin.plus(PERIOD.multipliedBy(period));
    }

    private String template(int period) {
        RegistrationRecord record = new RegistrationRecord(
                RegistrationRecord.VERSION,
                RegistrationRecord.TYPE,
                Event.AMEND,
                AssetKind.VM,
                CaptureMeans.HOSTER,
                Fleet.CLUSTER,
                Optional.empty(),
                Optional.of("@vm"),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(AssignedAddress.ofPublic("@ip")),
                "RUNNING",
                beginOf(period),
                Tenancy.SINGLE,
                Optional.empty(),
                false,
                "@ref",
                "tenancy-of-@ref",
                AssuranceLevel.L0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Bytes.of(new byte[RegistrationRecord.SALT_BYTES]));
        return new String(Wire.write(record), StandardCharsets.UTF_8);
    }

    /** Any of the addresses at any time since the first machine. */
    Target ask(RandomGenerator random) {
        int address = random.nextInt(addresses);
        Instant at =
                begin.plusMillis(random.nextLong(Duration.between(begin, now).toMillis()));
        String ip = "10.%d.%d.%d".formatted(address >> 16, address >> 8 & BYTE, address & BYTE);
        return new Target(TargetFormat.ADDRESS, ip, Optional.empty(), Optional.empty(), new TimeWindow(at, at));
    }
}
