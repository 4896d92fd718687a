// SPDX-License-Identifier: EUPL-1.2
/** What is alarmed, how often, to whom, and that it is entered. */
@NullMarked
package org.sparekey.gateway.alarms;

import org.jspecify.annotations.NullMarked;
