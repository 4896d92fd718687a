// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.inventory.Landlords;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.coverage.CoverageNotice;
import org.sparekey.protocol.coverage.Finding;
import org.sparekey.protocol.coverage.ReconciliationView;
import org.sparekey.protocol.coverage.Share;
import org.sparekey.protocol.coverage.StateCounts;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares again and again what is registered with what runs, and signs each day when it is over. {@link #step} runs by
 * itself; tests take it by hand.
 */
public final class Reconciliation {

    /** Guests that are no known reseller's. */
    private static final String NOBODY = "";

    private static final Duration NOTICES_SHOWN = Duration.ofDays(366);

    private final Inventory inventory;
    private final RegistrationTable registrations;
    private final CoverageTable coverage;
    private final NoticeTable notices;
    private final CoverageLog log;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Failpoint failpoint;

    Reconciliation(
            Inventory inventory,
            RegistrationTable registrations,
            CoverageTable coverage,
            NoticeTable notices,
            CoverageLog log,
            TransactionTemplate transaction,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        this.inventory = inventory;
        this.registrations = registrations;
        this.coverage = coverage;
        this.notices = notices;
        this.log = log;
        this.transaction = transaction;
        this.clock = clock;
        this.random = random;
        this.failpoint = failpoint;
    }

    /** One comparison, and every day that is over is signed. */
    public void step() {
        transaction.executeWithoutResult(status -> compare());
        failpoint.reached("registry.compared");
        signDays();
    }

    /** What one reseller is shown of it. */
    public ReconciliationView view(PartyId reseller) {
        Optional<CoverageTable.Picture> picture = coverage.picture(reseller.value());
        return new ReconciliationView(
                1,
                ReconciliationView.TYPE,
                reseller.value(),
                picture.map(CoverageTable.Picture::comparedAt),
                picture.map(CoverageTable.Picture::counts).orElse(Reconciled.Picture.EMPTY.counts()),
                picture.map(CoverageTable.Picture::findings).orElse(List.of()).stream()
                        .filter(ReconciliationView::shown)
                        .limit(ReconciliationView.MAX_FINDINGS)
                        .toList(),
                coverage.certificates(reseller, ReconciliationView.MAX_CERTIFICATES),
                notices.since(reseller, clock.instant().minus(NOTICES_SHOWN)));
    }

    /** Every asset of the reseller in its state, as of the last comparison. */
    public List<Finding> findings(PartyId reseller) {
        return coverage.picture(reseller.value())
                .map(CoverageTable.Picture::findings)
                .orElse(List.of());
    }

    /** Running guests that nobody registered and that no table says whose they are: for the hoster alone. */
    public List<Finding> nobodys() {
        return coverage.picture(NOBODY).map(CoverageTable.Picture::findings).orElse(List.of());
    }

    /** A crash before the commit leaves the earlier comparison; its seconds are then counted by the next one. */
    private void compare() {
        Instant before = coverage.lock();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!now.isAfter(before)) {
            return;
        }
        Reconciled reconciled = ReconcileDecisions.decide(facts(now));
        long seconds = seconds(before, now);
        Map<String, Reconciled.Picture> pictures = new LinkedHashMap<>();
        coverage.pictured().forEach(reseller -> pictures.put(reseller, Reconciled.Picture.EMPTY));
        reconciled.pictures().forEach((reseller, picture) -> pictures.put(reseller.value(), picture));
        pictures.put(NOBODY, nobodys(reconciled.nobodys()));
        pictures.forEach((reseller, picture) -> {
            coverage.keep(reseller, new CoverageTable.Picture(now, picture.counts(), picture.findings()));
            if (!reseller.equals(NOBODY)) {
                coverage.add(day(new PartyId(reseller), picture, seconds, reconciled.complete(), now));
            }
        });
        coverage.compared(now);
    }

    private ReconcileFacts facts(Instant now) {
        Landlords landlords = inventory.landlords();
        return new ReconcileFacts(
                registrations.inForce(now),
                registrations.attested(),
                inventory.standing(),
                inventory.runningSince(),
                landlords::of,
                landlords::anothers,
                now);
    }

    /** Longer than two looks may be apart nobody observed anything: those seconds are in no share. */
    private static long seconds(Instant before, Instant now) {
        Duration between = Duration.between(before, now);
        return between.compareTo(Inventory.MAX_GAP) > 0 ? 0 : between.toSeconds();
    }

    private static Reconciled.Picture nobodys(List<Finding> findings) {
        return new Reconciled.Picture(
                StateCounts.of(findings, 0, 0), findings, new Share(0, findings.size()), Share.NONE, 0);
    }

    private static CoverageTable.Day day(
            PartyId reseller, Reconciled.Picture picture, long seconds, boolean complete, Instant now) {
        Share assets = picture.assets();
        return new CoverageTable.Day(
                reseller,
                LocalDate.ofInstant(now, ZoneOffset.UTC),
                now,
                assets,
                picture.addresses(),
                new Share(assets.covered() * seconds, assets.total() * seconds),
                picture.counts(),
                picture.onward(),
                complete);
    }

    /** Each day in its own transaction: entry, certificate and rung together, or none of them. */
    private void signDays() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (CoverageTable.Day day : coverage.unsigned(today)) {
            transaction.executeWithoutResult(status -> sign(day));
        }
    }

    private void sign(CoverageTable.Day day) {
        coverage.lock();
        if (coverage.unsigned(day.day().plusDays(1)).stream().noneMatch(day::equals)) {
            return; // another replica has
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        CoverageLog.Entered entered = log.sign(day, now);
        coverage.signedBefore(day.reseller(), day.day())
                .filter(earlier -> day.assets().below(earlier.assets()))
                .ifPresent(earlier -> log.dropped(day, entered.leafHash()));
        coverage.signed(day, entered.certificate(), entered.leafHash());
        climb(day, now);
        failpoint.reached("registry.coverage-signed");
    }

    private void climb(CoverageTable.Day day, Instant now) {
        Optional<CoverageNotice> changed =
                NoticeDecisions.after(notices.open(day.reseller()), NoticeDecisions.Day.of(day), now, this::newId);
        changed.ifPresent(notice -> notices.write(day.reseller(), notice, log.notice(day.reseller(), notice)));
    }

    /** RFC 9562 section 5.4. */
    private UUID newId() {
        return new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() >>> 2 | 1L << 63);
    }
}
