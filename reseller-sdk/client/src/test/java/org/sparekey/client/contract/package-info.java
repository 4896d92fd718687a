// SPDX-License-Identifier: Apache-2.0
/** What a gateway owes a reseller, as one test that runs against the fake and against the real one. */
@NullMarked
package org.sparekey.client.contract;

import org.jspecify.annotations.NullMarked;
