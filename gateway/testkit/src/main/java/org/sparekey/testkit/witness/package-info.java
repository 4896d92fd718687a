// SPDX-License-Identifier: EUPL-1.2
/** Witnesses in this process, honest until a test tells them otherwise. */
@NullMarked
package org.sparekey.testkit.witness;

import org.jspecify.annotations.NullMarked;
