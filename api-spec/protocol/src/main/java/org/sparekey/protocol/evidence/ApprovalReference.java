// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import org.sparekey.protocol.json.Digest;

/** An approval by its officer's number and its digest (statement and proof). */
public record ApprovalReference(String officer, Digest digest) {}
