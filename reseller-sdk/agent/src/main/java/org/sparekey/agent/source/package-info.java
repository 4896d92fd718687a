// SPDX-License-Identifier: Apache-2.0
/** Where the agent reads which machines there are; each source says whether what it read is all there is. */
@NullMarked
package org.sparekey.agent.source;

import org.jspecify.annotations.NullMarked;
