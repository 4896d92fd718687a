// SPDX-License-Identifier: EUPL-1.2
/** The listeners: TLS 1.3, and who may even shake hands. */
@NullMarked
package org.sparekey.gateway.edge.listen;

import org.jspecify.annotations.NullMarked;
