// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.structured;

/** What stands in a list or a dictionary: an item or an inner list. */
public sealed interface Member permits Item, InnerList {

    Parameters parameters();

    /** The strict serialisation, parameters included (RFC 8941 section 4.1). */
    String write();
}
