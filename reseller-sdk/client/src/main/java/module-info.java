// SPDX-License-Identifier: Apache-2.0
/** The reseller's side of a gateway. */
module org.sparekey.client {
    requires transitive org.sparekey.protocol;
    requires static org.jspecify;

    exports org.sparekey.client;

    // Lines of the ledger, which nobody else sees.
    opens org.sparekey.client to
            tools.jackson.databind;
}
