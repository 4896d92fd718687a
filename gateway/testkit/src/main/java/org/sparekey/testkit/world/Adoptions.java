// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.world;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.MatrixAdoption;
import org.sparekey.protocol.joint.OfficersStatement;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.Matrix;

/** The two officers adopt the law, as real ones would after a lawyer has read it. */
public final class Adoptions {

    private static final Duration YEAR = Duration.ofDays(365);

    private Adoptions() {}

    /** Signed by both. */
    public static JointStatement of(Cast cast, Instant now, SecureRandom random) {
        MatrixAdoption said = said(cast, now, random);
        return JointStatement.of(said)
                .signedBy(cast.officer1().document(), said)
                .signedBy(cast.officer2().document(), said);
    }

    /** What they would sign for. */
    public static MatrixAdoption said(Cast cast, Instant now, SecureRandom random) {
        byte[] salt = new byte[OfficersStatement.SALT_BYTES];
        random.nextBytes(salt);
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        return new MatrixAdoption(
                MatrixAdoption.VERSION,
                MatrixAdoption.TYPE,
                Digest.sha256(Matrix.packagedBytes()),
                Matrix.packaged().id(),
                Matrix.newest(),
                at,
                at.plus(YEAR),
                cast.officers().stream().map(Actor::person).toList(),
                at,
                Bytes.of(salt));
    }
}
