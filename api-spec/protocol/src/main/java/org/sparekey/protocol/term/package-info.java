// SPDX-License-Identifier: Apache-2.0
/** Terms as the law counts them: Regulation 1182/71 for what the Union asks, the Algemene termijnenwet for what Dutch law asks. */
@NullMarked
package org.sparekey.protocol.term;

import org.jspecify.annotations.NullMarked;
