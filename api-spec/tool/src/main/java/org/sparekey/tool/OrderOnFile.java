// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.document.AuthorityDocument;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.Scope;

/**
 * An order as its issuer signed it, read here and not by the gateway: of a PDF what is executed is the file inside it,
 * whatever its pages show.
 */
record OrderOnFile(SignedDocument signed, OrderDocument order) {

    static OrderOnFile fetched(Channel channel, String orderId)
            throws IOException, MalformedException, RefusedException {
        byte[] filed = Connection.granted(channel, Call.get(OrderCommand.ORDERS + "/" + orderId + "/order"))
                .content()
                .array();
        SignedDocument signed = AuthorityDocument.isPdf(filed)
                ? AuthorityDocument.ofPdf(filed)
                : SignedDocument.parse(new String(filed, StandardCharsets.US_ASCII));
        return new OrderOnFile(signed, signed.read(OrderDocument.TYPE, OrderDocument.class));
    }

    /** @throws MalformedException when what is to be signed is about other bytes than these */
    OrderOnFile is(Digest digest) throws MalformedException {
        if (!signed.digest().equals(digest)) {
            throw new MalformedException("/orderDigest", "what is to be signed is not for the order that is shown");
        }
        return this;
    }

    /** What an officer is about to put his name to. */
    String words() {
        Scope scope = order.scope();
        String categories = scope.categories().stream().map(Enum::name).collect(Collectors.joining(", "));
        return String.join(
                "\n",
                order.kind() + " of " + order.issuer().authority() + ", "
                        + order.issuer().person() + ", " + order.caseRef(),
                "  legal basis: " + order.legalBasis().id() + " of "
                        + order.legalBasis().version(),
                "  target: " + order.target().value() + port() + ", seen "
                        + Wire.text(order.target().observedAt().from()) + " to "
                        + Wire.text(order.target().observedAt().to()),
                "  scope: " + categories + (scope.captureMemory() ? " with memory" : " without memory") + ", "
                        + Wire.text(scope.from()) + " to " + Wire.text(scope.to())
                        + scope.measure()
                                .map(measure -> "; measure: " + measure)
                                .orElse("")
                        + scope.exclusions().stream()
                                .map(left -> "; without " + left)
                                .collect(Collectors.joining()),
                "  deliver to: " + order.deliverTo(),
                "  digest: " + signed.digest().base64url());
    }

    private String port() {
        return order.target().protocol().map(protocol -> " " + protocol).orElse("")
                + order.target().port().map(port -> " port " + port).orElse("");
    }
}
