// SPDX-License-Identifier: EUPL-1.2
/** What tests and the demo need. */
@NullMarked
package org.sparekey.testkit;

import org.jspecify.annotations.NullMarked;
