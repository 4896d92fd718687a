// SPDX-License-Identifier: EUPL-1.2
/** The log's side of witnessing: what is offered to a witness, what its answers mean, and what the policy makes of them. */
@NullMarked
package org.sparekey.gateway.auditlog.witness;

import org.jspecify.annotations.NullMarked;
