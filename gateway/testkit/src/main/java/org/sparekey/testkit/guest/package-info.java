// SPDX-License-Identifier: EUPL-1.2
/** Real guests under libvirt for tests: Debian packages only, software emulation, nothing installed or left behind. */
@NullMarked
package org.sparekey.testkit.guest;

import org.jspecify.annotations.NullMarked;
