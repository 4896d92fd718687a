// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

public enum AssetKind {
    VM,
    CONTAINER,
    DEDICATED,
    COLO,
    SHARED_HOST
}
