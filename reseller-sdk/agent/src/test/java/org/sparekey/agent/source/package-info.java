// SPDX-License-Identifier: Apache-2.0
/** Tests of the sources. */
@NullMarked
package org.sparekey.agent.source;

import org.jspecify.annotations.NullMarked;
