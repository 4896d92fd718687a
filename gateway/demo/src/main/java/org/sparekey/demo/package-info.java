// SPDX-License-Identifier: EUPL-1.2
/** The newcomer's main job. */
@NullMarked
package org.sparekey.demo;

import org.jspecify.annotations.NullMarked;
