// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

/** Hears how far a synchronisation is, after each batch and each thousand machines; called from the thread that syncs. */
@FunctionalInterface
public interface Progress {

    Progress NONE = soFar -> {};

    void at(SyncCount soFar);
}
