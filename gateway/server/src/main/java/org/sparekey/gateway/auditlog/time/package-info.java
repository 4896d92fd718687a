// SPDX-License-Identifier: EUPL-1.2
/** The way to a time-stamp authority outside the hoster (RFC 3161 over HTTP). */
@NullMarked
package org.sparekey.gateway.auditlog.time;

import org.jspecify.annotations.NullMarked;
