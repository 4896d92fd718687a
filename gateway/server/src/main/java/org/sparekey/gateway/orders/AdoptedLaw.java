// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.joint.MatrixAdoption;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/**
 * The matrix that orders are judged by: the newest published one, as long as two officers have signed for exactly its bytes.
 * Asked at the start, and again at every order: an adoption ends while the gateway runs.
 */
final class AdoptedLaw implements Supplier<Matrix> {

    private final byte[] adoption;
    private final Parties parties;
    private final InstantSource clock;

    private AdoptedLaw(byte[] adoption, Parties parties, InstantSource clock) {
        this.adoption = adoption;
        this.parties = parties;
        this.clock = clock;
    }

    /**
     * Refuses to start without an adoption that counts. Before the bootstrap nobody is enrolled whose signature could: then it
     * is asked first when the first order comes.
     *
     * @throws IllegalStateException with the sentence for the operator
     */
    static AdoptedLaw open(LawSettings settings, Parties parties, InstantSource clock) {
        Path file = Optional.ofNullable(settings.adoption())
                .orElseThrow(() -> new IllegalStateException("The legal-basis matrix is not signed by two officers: set"
                        + " sparekey.law.adoption to the file that `sparekey law adopt` made."));
        AdoptedLaw law = new AdoptedLaw(read(file), parties, clock);
        if (parties.hoster().isPresent()) {
            law.fault().ifPresent(fault -> {
                throw new IllegalStateException(
                        "The adoption of the legal-basis matrix in " + file + " does not count: " + fault);
            });
        }
        return law;
    }

    /** @throws ProblemException LAW_NOT_ADOPTED */
    @Override
    public Matrix get() {
        Optional<String> fault = fault();
        if (fault.isPresent()) {
            throw new ProblemException(Problem.LAW_NOT_ADOPTED, fault.get());
        }
        return Matrix.packaged();
    }

    private Optional<String> fault() {
        return MatrixAdoption.fault(
                adoption,
                Matrix.packagedBytes(),
                key -> parties.anyDocumentKey(key).map(EnrolledKey::signer),
                clock.instant());
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The adoption of the legal-basis matrix cannot be read from " + file + ".", e);
        }
    }
}
