// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.Person;
import org.sparekey.protocol.party.PersonRole;
import org.sparekey.protocol.party.SignedPartyList;

class WorldTest {

    @TempDir
    private static Path directory;

    private static World world;

    @BeforeAll
    static void create() {
        world = World.create(directory, Site.free(), InstantSource.system(), new SecureRandom());
    }

    @Test
    void the_list_on_disk_is_signed_by_both_officers_and_the_supervisor() throws Exception {
        SignedPartyList list = SignedPartyList.parse(Files.readAllBytes(world.partiesFile()));
        assertThat(list.signedByAllThree()).isTrue();
        assertThat(list.list().hoster().gatewayOrigin()).isEqualTo(world.site().gatewayOrigin());
    }

    @Test
    void everybody_finds_his_keys_in_his_home() throws Exception {
        for (Actor actor : world.cast().everybody()) {
            Path home = world.home(actor);
            char[] passphrase = Files.readString(home.resolve("passphrase")).toCharArray();
            assertThat(SigningKey.load(home.resolve("document.p12"), passphrase).keyId())
                    .isEqualTo(actor.document().keyId());
        }
    }

    @Test
    void no_key_or_passphrase_is_readable_by_others() throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(file -> file.toString().matches(".*(p12|passphrase|-key\\.pem)$"))
                            .toList())
                    .hasSizeGreaterThan(30)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void the_police_cannot_enrol_a_judge_of_their_own() {
        AuthorityEntry police = world.parties().list().authorities().get(0);
        Person judge = world.parties().list().authorities().get(1).persons().get(0);
        assertThat(judge.role()).isEqualTo(PersonRole.JUDGE);
        List<Person> persons = new ArrayList<>(police.persons());
        persons.add(judge);
        assertThatThrownBy(() -> new AuthorityEntry(
                        police.id(),
                        police.name(),
                        police.country(),
                        police.units(),
                        police.roots(),
                        persons,
                        police.caseTeams(),
                        police.recovery(),
                        police.callbackNumber()))
                .hasMessageContaining("a court has judges only");
    }

    @Test
    void a_revocation_is_known_once_it_is_published() throws Exception {
        SigningKey judge = world.cast().judge().document();
        world.cast().courtCa().revoke(judge.certificate());
        world.publishRevocations();
        try (var in = Files.newInputStream(directory.resolve("crl/rechtbank.crl"))) {
            X509CRL crl = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
            assertThat(crl.isRevoked(judge.certificate())).isTrue();
        }
    }
}
