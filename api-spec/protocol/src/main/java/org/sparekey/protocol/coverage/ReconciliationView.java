// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.coverage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * A reseller's own picture: how the hoster's listings and his registrations agree.
 *
 * @param comparedAt the last comparison; absent before the first
 * @param findings everything that is not MATCHED or RETIRED, at most {@link #MAX_FINDINGS}
 * @param certificates the latest ones, newest first
 * @param notices open ones and those of the last year
 */
public record ReconciliationView(
        int v,
        String type,
        String reseller,
        Optional<Instant> comparedAt,
        StateCounts counts,
        List<Finding> findings,
        List<HeldCertificate> certificates,
        List<CoverageNotice> notices) {

    public static final String TYPE = "reconciliation-view";
    public static final int MAX_FINDINGS = 1_000;
    public static final int MAX_CERTIFICATES = 31;

    public ReconciliationView {
        findings = List.copyOf(findings);
        certificates = List.copyOf(certificates);
        notices = List.copyOf(notices);
    }

    /** What a reseller would have to mend. */
    public static boolean shown(Finding finding) {
        return finding.state() != AssetState.MATCHED && finding.state() != AssetState.RETIRED;
    }

    /**
     * @param certificate compact JWS over a {@link CoverageCertificate}
     * @param leafHash of its entry in the log
     */
    public record HeldCertificate(String day, String certificate, Digest leafHash) {}
}
