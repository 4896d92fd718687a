// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/**
 * Everything but one thing is right, and the gateway itself signed the bundle: exactly the named check must catch it.
 * "Removed" is missing, "forged" fails.
 */
abstract class Attack {

    static final Digest OTHER = SampleCase.digest("something else");

    final SampleCase sample = new SampleCase();

    void caughtBy(Topic... checks) {
        assertThat(failed(sample.zip())).containsExactly(checks);
    }

    /** What rests on the forged part falls with it. */
    void caughtFirstBy(Topic check) {
        assertThat(failed(sample.zip())).startsWith(check);
    }

    List<Topic> failed(byte[] zip) {
        Verification verification = verify(zip);
        assertThat(verification.overall()).isEqualTo(Verification.NOT_AUTHENTIC);
        return of(verification, Check.Status.FAIL);
    }

    Verification verify(byte[] zip) {
        try {
            return BundleVerifier.verify(zip, Optional.of(sample.trust()));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    static List<Topic> of(Verification verification, Check.Status status) {
        return verification.checks().stream()
                .filter(check -> check.status() == status)
                .map(Check::topic)
                .toList();
    }
}
