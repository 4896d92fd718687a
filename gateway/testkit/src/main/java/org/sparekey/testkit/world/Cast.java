// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.world;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.testkit.pki.KeyKind;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.pki.Wanted;

/**
 * Everybody who acts in the invented world. All names are invented; persons are numbers.
 *
 * @param timeCa the root of a time-stamp authority that nobody here runs
 * @param caseTeam encryption key of the case team that orders deliver to (EC, key agreement)
 * @param recovery encryption key of the authority's recovery certificate (RSA, key transport)
 * @param stranger an investigator of another authority, enrolled too: what he asks is not his
 * @param lapsed his colleague, whose keys were enrolled and have expired
 * @param dismissed another colleague, for tests that revoke a key
 */
public record Cast(
        TestCa hosterCa,
        TestCa resellerCa,
        TestCa policeCa,
        TestCa courtCa,
        TestCa elsewhereCa,
        TestCa timeCa,
        Actor officer1,
        Actor officer2,
        Actor supervisor,
        Actor reseller,
        Actor otherReseller,
        Actor investigator,
        Actor prosecutor,
        Actor judge,
        Actor stranger,
        Actor lapsed,
        Actor dismissed,
        SigningKey caseTeam,
        SigningKey recovery) {

    public static final String AUTHORITY = "politie-voorbeeld";

    /** The rechter-commissaris's: a party of its own, with its own root. */
    public static final String COURT = "rechtbank-voorbeeld";

    public static final String OTHER_AUTHORITY = "politie-elders";
    public static final String RESELLER = "palmstrand";
    public static final String OTHER_RESELLER = "duinrand";
    public static final String CASE_TEAM = "team-zeester";

    /** @param crls directory of the revocation lists */
    static Cast of(Path crls, InstantSource clock, SecureRandom random) {
        TestCa hoster = ca("Voorbeeld Hosting", "hoster", crls, clock, random);
        TestCa reseller = ca("Voorbeeld Resellers", "resellers", crls, clock, random);
        TestCa police = ca("Politie Voorbeeld", "politie", crls, clock, random);
        TestCa court = ca("Rechtbank Voorbeeld", "rechtbank", crls, clock, random);
        TestCa elsewhere = ca("Politie Elders", "elders", crls, clock, random);
        Wanted recovery = Wanted.of(Purpose.ENCRYPTION, "Recovery", clock.instant());
        return new Cast(
                hoster,
                reseller,
                police,
                court,
                elsewhere,
                ca("Tijd Voorbeeld", "tijd", crls, clock, random),
                actor(hoster, "hoster", "officer-1"),
                actor(hoster, "hoster", "officer-2"),
                actor(hoster, "supervisor", "supervisor"),
                actor(reseller, RESELLER, "agent"),
                actor(reseller, OTHER_RESELLER, "agent"),
                actor(police, AUTHORITY, "p-1001"),
                actor(police, AUTHORITY, "p-2001"),
                actor(court, COURT, "r-3001"),
                actor(elsewhere, OTHER_AUTHORITY, "p-9001"),
                lapsed(elsewhere, clock.instant()),
                actor(elsewhere, OTHER_AUTHORITY, "p-9003"),
                police.issue(Purpose.ENCRYPTION, "Case team zeester"),
                police.issue(recovery.kind(KeyKind.RSA_3072)));
    }

    /** The hoster's officers, who approve. */
    public List<Actor> officers() {
        return List.of(officer1, officer2);
    }

    List<Actor> crowd(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> actor(resellerCa, "reseller-%03d".formatted(number), "agent"))
                .toList();
    }

    /** Every authority of certificates that publishes a revocation list. */
    public List<TestCa> cas() {
        return List.of(hosterCa, resellerCa, policeCa, courtCa, elsewhereCa, timeCa);
    }

    public List<Actor> everybody() {
        return List.of(
                officer1, officer2, supervisor, reseller, otherReseller, investigator, prosecutor, judge, stranger);
    }

    private static TestCa ca(String name, String file, Path crls, InstantSource clock, SecureRandom random) {
        URI crl = crls.resolve(file + ".crl").toAbsolutePath().toUri();
        return TestCa.root(name, crl, clock, random);
    }

    private static Actor lapsed(TestCa ca, Instant now) {
        Function<Purpose, SigningKey> expired =
                purpose -> ca.issue(Wanted.of(purpose, "Lapsed", now).expiredAt(now));
        return new Actor(
                OTHER_AUTHORITY,
                "p-9002",
                expired.apply(Purpose.TLS_CLIENT),
                expired.apply(Purpose.MESSAGE),
                expired.apply(Purpose.DOCUMENT));
    }

    private static Actor actor(TestCa ca, String party, String person) {
        String name = party + " " + person;
        return new Actor(
                party,
                person,
                ca.issue(Purpose.TLS_CLIENT, name + " connection"),
                ca.issue(Purpose.MESSAGE, name + " message"),
                ca.issue(Purpose.DOCUMENT, name + " document"));
    }
}
