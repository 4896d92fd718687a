// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.coverage;

/** The ladder of notices: two to the reseller, then the hoster's own decision. The gateway itself ends nothing. */
public enum Rung {
    FIRST_NOTICE,
    SECOND_NOTICE,
    HOSTER_DECIDES
}
