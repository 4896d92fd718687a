// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.structured.InnerList;
import org.sparekey.protocol.structured.Item;

/** What is signed: one line per covered component and the signature parameters (RFC 9421 section 2.5). */
public final class SignatureBase {

    private SignatureBase() {}

    /**
     * The bytes to sign or to verify.
     *
     * @param covered the component identifiers with the signature parameters behind them
     * @throws MalformedException when a component cannot be derived from the message, stands there twice, or is not ASCII
     */
    public static byte[] of(InnerList covered, Message message) throws MalformedException {
        StringBuilder base = new StringBuilder(512);
        Set<Item> seen = new HashSet<>();
        for (Item component : covered.items()) {
            if (!seen.add(component)) {
                throw new MalformedException(component.write(), "a component is covered once");
            }
            base.append(component.write())
                    .append(": ")
                    .append(ComponentValue.of(component, message))
                    .append('\n');
        }
        base.append("\"@signature-params\": ").append(covered.write());
        if (!base.chars().allMatch(c -> c < 0x80)) {
            throw new MalformedException("", "a signature base is ASCII");
        }
        return base.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
