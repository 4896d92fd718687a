// SPDX-License-Identifier: Apache-2.0
/** What a reseller registers: infrastructure in the clear, the customer as a pseudonym. */
@NullMarked
package org.sparekey.protocol.registration;

import org.jspecify.annotations.NullMarked;
