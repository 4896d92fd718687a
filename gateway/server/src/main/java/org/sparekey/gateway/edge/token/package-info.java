// SPDX-License-Identifier: EUPL-1.2
/** Access tokens: issued to an enrolled connection key, bound to its certificate (RFC 8705), checked on every request. */
@NullMarked
package org.sparekey.gateway.edge.token;

import org.jspecify.annotations.NullMarked;
