// SPDX-License-Identifier: Apache-2.0
/** The reseller's client. */
@NullMarked
package org.sparekey.client;

import org.jspecify.annotations.NullMarked;
