// SPDX-License-Identifier: EUPL-1.2
/** Small disks with a real file system, for machines that cannot make one. */
@NullMarked
package org.sparekey.testkit.disk;

import org.jspecify.annotations.NullMarked;
