// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

/** What a person is in his authority; the matrix decides what each may ask. JUDGE is the rechter-commissaris. */
public enum PersonRole {
    INVESTIGATOR,
    PROSECUTOR,
    JUDGE
}
