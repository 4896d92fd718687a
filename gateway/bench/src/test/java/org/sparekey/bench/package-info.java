// SPDX-License-Identifier: EUPL-1.2
/** That the bench runs and keeps its results as they are; no figure is judged here. */
@NullMarked
package org.sparekey.bench;

import org.jspecify.annotations.NullMarked;
