// SPDX-License-Identifier: Apache-2.0
/** What a monitor must notice, and what it must not call wrong. */
@NullMarked
package org.sparekey.tool.monitor;

import org.jspecify.annotations.NullMarked;
