// SPDX-License-Identifier: Apache-2.0
/** How much of what runs is registered: states, the daily signed certificate, and what a reseller is shown of it. */
@NullMarked
package org.sparekey.protocol.coverage;

import org.jspecify.annotations.NullMarked;
