// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.security.cert.X509Certificate;
import java.util.List;
import org.sparekey.protocol.json.Bytes;

/** Those to whom evidence of one case is sealed: their encryption certificates, DER. */
public record CaseTeam(String id, List<Bytes> recipients) {

    public static final int MAX_RECIPIENTS = 16;

    public CaseTeam {
        Name.id(id);
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS) {
            throw new IllegalArgumentException("a case team has 1 to 16 recipients");
        }
        recipients.forEach(Certificates::parse);
    }

    public static CaseTeam of(String id, List<X509Certificate> recipients) {
        return new CaseTeam(id, recipients.stream().map(Certificates::bytes).toList());
    }

    public List<X509Certificate> x509() {
        return recipients.stream().map(Certificates::parse).toList();
    }
}
