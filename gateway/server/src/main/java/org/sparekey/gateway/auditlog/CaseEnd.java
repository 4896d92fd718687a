// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import org.sparekey.protocol.json.Digest;

/** The last entry that the log has of a case, sequenced or still waiting. */
public record CaseEnd(long caseSeq, Digest leafHash) {}
