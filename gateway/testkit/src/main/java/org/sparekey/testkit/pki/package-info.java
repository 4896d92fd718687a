// SPDX-License-Identifier: EUPL-1.2
/** A test PKI whose names are plainly invented: roots, end certificates, revocation lists, key files. */
@NullMarked
package org.sparekey.testkit.pki;

import org.jspecify.annotations.NullMarked;
