// SPDX-License-Identifier: Apache-2.0
/** A witness of logs: what it answers, and what it remembers before it does (C2SP tlog-witness). */
@NullMarked
package org.sparekey.tool.witness;

import org.jspecify.annotations.NullMarked;
