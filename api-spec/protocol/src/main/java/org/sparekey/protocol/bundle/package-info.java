// SPDX-License-Identifier: Apache-2.0
/**
 * One order from submission to receipt in one file, and its judge. A bundle is a canonical zip whose {@code bundle.json}
 * names every member; {@link org.sparekey.protocol.bundle.BundleVerifier} checks it offline against a trust file that
 * comes from elsewhere, trusting neither the hoster, nor the police, nor us (5-auditlog, "Trusting a bundle").
 */
@NullMarked
package org.sparekey.protocol.bundle;

import org.jspecify.annotations.NullMarked;
