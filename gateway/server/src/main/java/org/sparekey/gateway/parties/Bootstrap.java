// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.Officer;
import org.sparekey.protocol.party.PartyList;
import org.sparekey.protocol.party.Person;
import org.sparekey.protocol.party.ResellerEntry;
import org.sparekey.protocol.party.Scope;
import org.sparekey.protocol.party.SignedPartyList;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The first day: the signed list of parties becomes the rows of this room and entry 0 of the {@code case} log, in one
 * transaction. A crash leaves both or neither; a second list is refused.
 */
public final class Bootstrap {

    static final String TYPE = "parties.bootstrap";

    private static final List<Scope> OFFICER_SCOPES = List.of(Scope.APPROVALS, Scope.EVIDENCE, Scope.LOG);
    private static final List<Scope> SUPERVISOR_SCOPES = List.of(Scope.LOG);
    private static final List<Scope> RESELLER_SCOPES = List.of(Scope.REGISTRATIONS);

    /** What became of a list. */
    public sealed interface Outcome {}

    /** @param list what the three who signed compare with what they read to each other */
    public record Loaded(Digest list, Pending entry) implements Outcome {}

    /** @param reason a sentence for those who stand there */
    public record Refused(String reason) implements Outcome {}

    private final PartyTable parties;
    private final KeyTable keys;
    private final AuditLog log;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    Bootstrap(
            PartyTable parties, KeyTable keys, AuditLog log, TransactionOperations transactions, InstantSource clock) {
        this.parties = parties;
        this.keys = keys;
        this.log = log;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @throws MalformedException when the bytes are no signed list of parties */
    public Outcome load(byte[] signedList) throws MalformedException {
        SignedPartyList signed = SignedPartyList.parse(signedList);
        if (!signed.signedByAllThree()) {
            return new Refused("The list is not signed by exactly the two officers and the supervisor that it names.");
        }
        if (!signed.list().authorities().stream().allMatch(AuthorityEntry::chained)) {
            return new Refused("A document certificate of an authority leads to no root that the list has for it.");
        }
        return Objects.requireNonNull(transactions.execute(status -> {
            Outcome outcome = write(signed);
            if (outcome instanceof Refused) {
                status.setRollbackOnly();
            }
            return outcome;
        }));
    }

    private Outcome write(SignedPartyList signed) {
        PartyList list = signed.list();
        Instant now = clock.instant();
        if (parties.hoster().isPresent()) {
            return new Refused("This gateway was bootstrapped before; parties are now enrolled one by one.");
        }
        Digest officer = list.officers().get(0).documentKey().keyId();
        Actor actor = new Actor(Role.OFFICER.name(), Optional.of(officer));
        Pending entry = log.append(new Statement(
                LogName.CASE,
                TYPE,
                actor,
                Optional.empty(),
                Optional.empty(),
                KeyEntries.summary(list),
                signed.bytes()));
        // The unique row is the lock: of two bootstraps at once the second finds it taken and undoes its entry.
        if (!parties.bootstrap(signed.digest(), list.hoster(), now, entry.leafHash())) {
            return new Refused("This gateway was bootstrapped at the same time by somebody else.");
        }
        First enrolling = new First(new Enrolling(keys, log, actor));
        list.officers().forEach(person -> enrolling.officer(PartyId.HOSTER, Role.OFFICER, person, OFFICER_SCOPES));
        enrolling.officer(PartyId.SUPERVISOR, Role.SUPERVISOR, list.supervisor(), SUPERVISOR_SCOPES);
        list.authorities().forEach(authority -> enrolling.authority(authority, now));
        list.resellers().forEach(reseller -> enrolling.reseller(reseller, now));
        return new Loaded(signed.digest(), entry);
    }

    /** Everybody of the list, one after the other. */
    private final class First {

        private final Enrolling enrolling;

        First(Enrolling enrolling) {
            this.enrolling = enrolling;
        }

        void officer(PartyId party, Role role, Officer officer, List<Scope> scopes) {
            enrolling.enrol(party, officer.number(), role, scopes, officer.keys());
        }

        void authority(AuthorityEntry authority, Instant now) {
            parties.insert(authority, now);
            for (Person person : authority.persons()) {
                enrolling.enrol(
                        new PartyId(authority.id()),
                        person.number(),
                        Role.of(person.role()),
                        person.scopes(),
                        person.keys());
            }
        }

        void reseller(ResellerEntry reseller, Instant now) {
            parties.insert(reseller, now);
            PartyId party = new PartyId(reseller.id());
            enrolling.enrol(party, ResellerEntry.AGENT, Role.RESELLER, RESELLER_SCOPES, reseller.keys());
        }
    }
}
