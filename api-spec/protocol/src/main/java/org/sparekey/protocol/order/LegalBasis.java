// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

/** A row of the legal-basis matrix, such as {@code NL-126ng2}, and the version of the matrix the issuer read. */
public record LegalBasis(String id, String version) {}
