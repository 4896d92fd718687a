// SPDX-License-Identifier: EUPL-1.2
/** Holds what a gateway under test answers against the published contract. */
@NullMarked
package org.sparekey.testkit.contract;

import org.jspecify.annotations.NullMarked;
