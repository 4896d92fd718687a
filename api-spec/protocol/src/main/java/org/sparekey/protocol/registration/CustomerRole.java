// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

/** Whether the reseller's customer uses the asset himself or lets it on: there the hoster's knowledge of the chain ends. */
public enum CustomerRole {
    END,
    ONWARD_SELLER
}
