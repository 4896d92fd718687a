// SPDX-License-Identifier: EUPL-1.2
/** Orders as an authority's desktop program would write them: a page to read, the order inside, a PAdES signature. */
@NullMarked
package org.sparekey.testkit.pdf;

import org.jspecify.annotations.NullMarked;
