// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sparekey.protocol.structured.BareItem;
import org.sparekey.protocol.structured.Item;

/** What the signature of an answer covers; signer and verifier ask the same table. */
final class ResponseCoverage {

    static final List<Item> REQUEST_SIGNATURE =
            List.of(ofRequest(MessageSignature.FIELD), ofRequest(MessageSignature.INPUT_FIELD));

    private ResponseCoverage() {}

    static List<Item> required(Message.Response response, boolean bound) {
        List<Item> components = new ArrayList<>();
        components.add(Item.text("@status"));
        fields(response).filter(response.headers()::has).forEach(name -> components.add(Item.text(name)));
        components.add(ofRequest("@method"));
        components.add(ofRequest("@target-uri"));
        if (response.request()
                .filter(request -> request.headers().has(ContentDigest.FIELD))
                .isPresent()) {
            components.add(ofRequest(ContentDigest.FIELD));
        }
        if (bound) {
            components.addAll(REQUEST_SIGNATURE);
        }
        return components;
    }

    /** A volume is an answer with a representation digest. */
    static boolean isVolume(Message.Response response) {
        return response.headers().has(ContentDigest.REPRESENTATION_FIELD);
    }

    private static Stream<String> fields(Message.Response response) {
        Stream<String> always = SignatureProfile.RESPONSE_FIELDS.stream();
        return isVolume(response) ? Stream.concat(always, SignatureProfile.VOLUME_FIELDS.stream()) : always;
    }

    private static Item ofRequest(String name) {
        return new Item(new BareItem.Text(name), SignatureProfile.OF_REQUEST);
    }
}
