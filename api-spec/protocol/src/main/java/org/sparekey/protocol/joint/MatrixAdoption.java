// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Matrix;

/**
 * Two officers adopt one version of the legal-basis matrix for their gateway, after a lawyer has read it. A gateway judges
 * by no other.
 *
 * @param matrix SHA-256 of the published file
 * @param id such as {@code nl-eu}
 * @param version as the file says
 * @param from inclusive
 * @param until exclusive, at most a year after {@code from}: then two officers look again
 */
public record MatrixAdoption(
        int v,
        String type,
        Digest matrix,
        String id,
        String version,
        Instant from,
        Instant until,
        List<String> officers,
        Instant time,
        Bytes salt)
        implements OfficersStatement {

    public static final String TYPE = "matrix-adoption";
    public static final int VERSION = 1;
    public static final Duration LONGEST = Duration.ofDays(366);

    public MatrixAdoption {
        officers = OfficersStatement.two(officers);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an adoption of version 1");
        }
        if (salt.length() != SALT_BYTES || !from.isBefore(until) || until.isAfter(from.plus(LONGEST))) {
            throw new IllegalArgumentException("a salt has 32 bytes, and an adoption lasts a year at most");
        }
    }

    /**
     * Why these bytes do not make this matrix the law of the gateway now; a sentence. Officers who have left since do not
     * undo what they signed while their keys were in force.
     *
     * @param adoption a joint statement, as it was read from its file
     * @param published the matrix's bytes
     * @param enrolled the register of document keys
     */
    public static Optional<String> fault(
            byte[] adoption, byte[] published, Function<Digest, Optional<EnrolledSigner>> enrolled, Instant now) {
        try {
            JointStatement joint = JointStatement.parse(adoption);
            MatrixAdoption read = joint.read(MatrixAdoption.class);
            Optional<String> unsigned = JointCheck.check(joint, read, enrolled, read.time())
                    .match(officers -> Optional.empty(), fault -> Optional.of(fault.english()));
            return unsigned.isPresent() ? unsigned : read.unfit(published, now);
        } catch (MalformedException e) {
            return Optional.of("It is no adoption that officers signed.");
        }
    }

    private Optional<String> unfit(byte[] published, Instant now) throws MalformedException {
        Matrix law = Matrix.parse(published);
        if (!matrix.equals(Digest.sha256(published)) || !id.equals(law.id()) || !version.equals(law.version())) {
            return Optional.of("It adopts another matrix than the one published as version " + law.version() + ".");
        }
        if (time.isAfter(now) || now.isBefore(from)) {
            return Optional.of("It is not in force yet.");
        }
        return now.isBefore(until) ? Optional.empty() : Optional.of("It is no longer in force.");
    }
}
