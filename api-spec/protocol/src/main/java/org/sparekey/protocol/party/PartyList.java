// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.sparekey.protocol.json.Bytes;

/**
 * Everybody who may speak to one gateway on its first day. Signed by the two officers and the supervisor, present together
 * ({@link SignedPartyList}); payload of entry 0 of the {@code case} log.
 *
 * @param officers exactly the first two
 * @param salt 32 random bytes, so that nobody can guess the list from a digest
 */
public record PartyList(
        int v,
        String type,
        Instant issuedAt,
        Hoster hoster,
        List<Officer> officers,
        Officer supervisor,
        List<AuthorityEntry> authorities,
        List<ResellerEntry> resellers,
        Bytes salt) {

    public static final String TYPE = "party-list";
    public static final int VERSION = 1;
    public static final int OFFICERS = 2;
    public static final int SALT_BYTES = 32;
    public static final int MAX_AUTHORITIES = 100;
    public static final int MAX_RESELLERS = 1_000;

    public PartyList {
        officers = List.copyOf(officers);
        authorities = List.copyOf(authorities);
        resellers = List.copyOf(resellers);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a party list of version 1");
        }
        if (officers.size() != OFFICERS) {
            throw new IllegalArgumentException("a gateway begins with two officers");
        }
        if (authorities.size() > MAX_AUTHORITIES || resellers.size() > MAX_RESELLERS) {
            throw new IllegalArgumentException("at most 100 authorities and 1000 resellers");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
        Name.distinct(ids(officers, supervisor, authorities, resellers).toList(), "an id is used once in the list");
        Name.distinct(
                keys(officers, supervisor, authorities, resellers)
                        .map(KeyEnrolment::keyId)
                        .toList(),
                "a key is enrolled once, for one holder and one use");
    }

    private static Stream<String> ids(
            List<Officer> officers,
            Officer supervisor,
            List<AuthorityEntry> authorities,
            List<ResellerEntry> resellers) {
        Stream<String> people =
                Stream.concat(officers.stream(), Stream.of(supervisor)).map(Officer::number);
        Stream<String> parties = Stream.concat(
                authorities.stream().map(AuthorityEntry::id), resellers.stream().map(ResellerEntry::id));
        return Stream.concat(people, parties);
    }

    private static Stream<KeyEnrolment> keys(
            List<Officer> officers,
            Officer supervisor,
            List<AuthorityEntry> authorities,
            List<ResellerEntry> resellers) {
        Stream<KeyEnrolment> people =
                Stream.concat(officers.stream(), Stream.of(supervisor)).flatMap(officer -> officer.keys().stream());
        Stream<KeyEnrolment> persons = authorities.stream()
                .flatMap(authority -> authority.persons().stream())
                .flatMap(person -> person.keys().stream());
        Stream<KeyEnrolment> sellers = resellers.stream().flatMap(reseller -> reseller.keys().stream());
        return Stream.of(people, persons, sellers).flatMap(stream -> stream);
    }
}
