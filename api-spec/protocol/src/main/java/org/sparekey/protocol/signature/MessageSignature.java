// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.structured.BareItem;
import org.sparekey.protocol.structured.Dictionary;
import org.sparekey.protocol.structured.InnerList;
import org.sparekey.protocol.structured.Item;
import org.sparekey.protocol.structured.Member;

/** One signature of a message: what it covers and its bytes, under a label (RFC 9421 section 4). */
public record MessageSignature(String label, InnerList covered, Bytes signature) {

    public static final String INPUT_FIELD = "signature-input";
    public static final String FIELD = "signature";

    /** More signatures than any chain of intermediaries adds; the rest of the work is not done for nobody. */
    public static final int MAX_SIGNATURES = 8;

    /**
     * All signatures of the message; empty when it carries none.
     *
     * @throws MalformedException when the two fields do not parse or do not name the same labels
     */
    public static List<MessageSignature> all(Fields headers) throws MalformedException {
        Dictionary inputs = Dictionary.parse(headers.value(INPUT_FIELD).orElse(""));
        Dictionary values = Dictionary.parse(headers.value(FIELD).orElse(""));
        if (!inputs.members().keySet().equals(values.members().keySet())) {
            throw new MalformedException(INPUT_FIELD, "Signature-Input and Signature name other labels");
        }
        if (inputs.members().size() > MAX_SIGNATURES) {
            throw new MalformedException(INPUT_FIELD, "too many signatures");
        }
        List<MessageSignature> signatures = new ArrayList<>();
        for (Map.Entry<String, Member> input : inputs.members().entrySet()) {
            signatures.add(one(
                    input.getKey(), input.getValue(), values.get(input.getKey()).orElseThrow()));
        }
        return signatures;
    }

    private static MessageSignature one(String label, Member input, Member value) throws MalformedException {
        if (!(input instanceof InnerList covered)) {
            throw new MalformedException(INPUT_FIELD, "a signature input is an inner list");
        }
        if (!(value instanceof Item item) || !(item.value() instanceof BareItem.Binary signature)) {
            throw new MalformedException(FIELD, "a signature is a byte sequence");
        }
        return new MessageSignature(label, covered, signature.value());
    }

    /** The value of Signature-Input for this signature alone. */
    public String inputField() {
        return Dictionary.of(label, covered).write();
    }

    /** The value of Signature for this signature alone. */
    public String signatureField() {
        return Dictionary.of(label, Item.of(new BareItem.Binary(signature))).write();
    }
}
