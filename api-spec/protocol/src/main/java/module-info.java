// SPDX-License-Identifier: Apache-2.0
/**
 * The contract in code: wire records, signatures, trees, the channel. Jackson reads and writes the records; Bouncy
 * Castle's certificates are wanted by {@code timestamp.cms} and for an authority's signed PDF alone, so that the reseller's
 * SDK does without.
 */
module org.sparekey.protocol {
    requires transitive java.net.http;
    requires transitive tools.jackson.databind;
    requires com.fasterxml.jackson.annotation;
    requires org.bouncycastle.provider;
    requires static org.bouncycastle.pkix;
    requires static org.bouncycastle.util;
    requires static org.jspecify;

    exports org.sparekey.protocol.approval;
    exports org.sparekey.protocol.bundle;
    exports org.sparekey.protocol.callback;
    exports org.sparekey.protocol.channel;
    exports org.sparekey.protocol.coverage;
    exports org.sparekey.protocol.deletion;
    exports org.sparekey.protocol.document;
    exports org.sparekey.protocol.evidence;
    exports org.sparekey.protocol.image;
    exports org.sparekey.protocol.joint;
    exports org.sparekey.protocol.json;
    exports org.sparekey.protocol.key;
    exports org.sparekey.protocol.log;
    exports org.sparekey.protocol.mirror;
    exports org.sparekey.protocol.order;
    exports org.sparekey.protocol.party;
    exports org.sparekey.protocol.problem;
    exports org.sparekey.protocol.registration;
    exports org.sparekey.protocol.signature;
    exports org.sparekey.protocol.structured;
    exports org.sparekey.protocol.term;
    exports org.sparekey.protocol.ticket;
    exports org.sparekey.protocol.timestamp;
    exports org.sparekey.protocol.timestamp.cms;
    exports org.sparekey.protocol.tree;
    exports org.sparekey.protocol.witness;

    opens org.sparekey.protocol.approval to
            tools.jackson.databind;
    opens org.sparekey.protocol.bundle to
            tools.jackson.databind;
    opens org.sparekey.protocol.callback to
            tools.jackson.databind;
    opens org.sparekey.protocol.channel to
            tools.jackson.databind;
    opens org.sparekey.protocol.coverage to
            tools.jackson.databind;
    opens org.sparekey.protocol.document to
            tools.jackson.databind;
    opens org.sparekey.protocol.evidence to
            tools.jackson.databind;
    opens org.sparekey.protocol.joint to
            tools.jackson.databind;
    opens org.sparekey.protocol.json to
            tools.jackson.databind;
    opens org.sparekey.protocol.log to
            tools.jackson.databind;
    opens org.sparekey.protocol.mirror to
            tools.jackson.databind;
    opens org.sparekey.protocol.order to
            tools.jackson.databind;
    opens org.sparekey.protocol.party to
            tools.jackson.databind;
    opens org.sparekey.protocol.problem to
            tools.jackson.databind;
    opens org.sparekey.protocol.registration to
            tools.jackson.databind;
    opens org.sparekey.protocol.ticket to
            tools.jackson.databind;
    opens org.sparekey.protocol.tree to
            tools.jackson.databind;
}
