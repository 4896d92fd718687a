// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.problem;

/** A ground that has a code for machines and a plain sentence for people, in English and Dutch. */
public interface CodedReason {

    /** Upper case with underscores; never changes its meaning. */
    String code();

    String english();

    String dutch();
}
