// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.MatrixAdoption;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Adoptions;
import org.sparekey.testkit.world.Cast;

/** The matrix counts only as two officers signed for it; whatever else is in the file, the gateway does not start. */
class AdoptedLawTest {

    private static final OrdersFixture FIXTURE = OrdersFixture.shared();
    private static final Cast CAST = FIXTURE.world.cast();

    @TempDir
    private Path directory;

    private final Instant now = FIXTURE.now().truncatedTo(ChronoUnit.MILLIS);

    @Test
    void what_two_officers_adopted_is_the_law() throws IOException {
        AdoptedLaw law = open(Adoptions.of(CAST, now, new SecureRandom()), now);

        assertThat(law.get()).isEqualTo(Matrix.packaged());
    }

    @Test
    void without_an_adoption_it_does_not_start() {
        assertThatThrownBy(() -> AdoptedLaw.open(new LawSettings(null), FIXTURE.bean(Parties.class), () -> now))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not signed by two officers")
                .hasMessageEndingWith(".");
        assertThatThrownBy(() -> AdoptedLaw.open(
                        new LawSettings(directory.resolve("none")), FIXTURE.bean(Parties.class), () -> now))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void one_signature_is_not_enough() {
        MatrixAdoption said = said();
        refused(JointStatement.of(said).signedBy(CAST.officer1().document(), said), "Two officers sign");
        refused(JointStatement.of(said), "Two officers sign");
    }

    @Test
    void one_officer_twice_is_one_officer() {
        MatrixAdoption said = said();
        refused(signed(said, CAST.officer1(), CAST.officer1()), "One person signed twice");
    }

    @Test
    void an_investigator_adopts_no_law() {
        MatrixAdoption said = said();
        refused(signed(said, CAST.officer1(), CAST.prosecutor()), "Only officers");
    }

    @Test
    void an_adoption_of_other_bytes_is_refused() {
        refused(
                altered(s -> new MatrixAdoption(
                        s.v(),
                        s.type(),
                        Digest.sha256(new byte[1]),
                        s.id(),
                        s.version(),
                        s.from(),
                        s.until(),
                        s.officers(),
                        s.time(),
                        s.salt())),
                "another matrix");
        refused(
                altered(s -> new MatrixAdoption(
                        s.v(),
                        s.type(),
                        s.matrix(),
                        s.id(),
                        "2026-11",
                        s.from(),
                        s.until(),
                        s.officers(),
                        s.time(),
                        s.salt())),
                "another matrix");
        refused(
                altered(s -> new MatrixAdoption(
                        s.v(),
                        s.type(),
                        s.matrix(),
                        "de",
                        s.version(),
                        s.from(),
                        s.until(),
                        s.officers(),
                        s.time(),
                        s.salt())),
                "another matrix");
    }

    @Test
    void an_adoption_counts_from_its_first_instant_until_its_last() throws IOException {
        JointStatement adopted = Adoptions.of(CAST, now, new SecureRandom());
        Instant until = now.plus(Duration.ofDays(365));

        open(adopted, until.minusMillis(1));
        refused(adopted, until, "no longer in force");
        refused(adopted, now.minusMillis(1), "not in force yet");
    }

    @Test
    void a_flipped_byte_is_no_adoption() throws IOException {
        byte[] adopted = Adoptions.of(CAST, now, new SecureRandom()).bytes();
        for (int i = 0; i < adopted.length; i += 97) {
            byte[] flipped = adopted.clone();
            flipped[i] ^= 1;
            Path file = Files.write(directory.resolve("flipped"), flipped);
            assertThatThrownBy(() -> open(file, () -> now)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void an_adoption_that_ends_while_the_gateway_runs_ends_its_judging() throws IOException {
        Path file = Files.write(
                directory.resolve("law"),
                Adoptions.of(CAST, now, new SecureRandom()).bytes());
        Instant[] clock = {now};
        AdoptedLaw law = open(file, () -> clock[0]);
        clock[0] = now.plus(Duration.ofDays(365));

        assertThatThrownBy(law::get)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.LAW_NOT_ADOPTED));
    }

    private MatrixAdoption said() {
        return Adoptions.said(CAST, now, new SecureRandom());
    }

    private JointStatement altered(UnaryOperator<MatrixAdoption> change) {
        return signed(change.apply(said()), CAST.officer1(), CAST.officer2());
    }

    private static JointStatement signed(MatrixAdoption said, Actor first, Actor second) {
        return JointStatement.of(said).signedBy(first.document(), said).signedBy(second.document(), said);
    }

    private void refused(JointStatement adoption, String because) {
        refused(adoption, now, because);
    }

    private void refused(JointStatement adoption, Instant at, String because) {
        assertThatThrownBy(() -> open(adoption, at))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(because)
                .hasMessageEndingWith(".");
    }

    private AdoptedLaw open(JointStatement adoption, Instant at) throws IOException {
        return open(Files.write(directory.resolve("law"), adoption.bytes()), () -> at);
    }

    private static AdoptedLaw open(Path file, InstantSource clock) {
        return AdoptedLaw.open(new LawSettings(file), FIXTURE.bean(Parties.class), clock);
    }
}
