// SPDX-License-Identifier: Apache-2.0
/** Tests of the agent, through its command line where that is possible. */
@NullMarked
package org.sparekey.agent;

import org.jspecify.annotations.NullMarked;
