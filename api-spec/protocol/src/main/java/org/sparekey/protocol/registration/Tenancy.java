// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

/** Whether one tenant uses the asset, or several (then its content is not one customer's). */
public enum Tenancy {
    SINGLE,
    SHARED
}
