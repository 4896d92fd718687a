// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.RegistrationHead;

/** What the hoster holds about this reseller, as he tells it. */
final class HosterViews {

    private final Exchange exchange;

    HosterViews(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The last batch that the gateway holds. */
    RegistrationHead head() throws IOException {
        try {
            return Wire.read(get("/v1/registration-head"), RegistrationHead.class);
        } catch (MalformedException e) {
            throw new GatewayException.Unreadable("the registration head: " + e.reason(), e);
        }
    }

    String text(String path) throws IOException {
        return new String(get(path), StandardCharsets.UTF_8);
    }

    /** The file is whole or not there, for its owner alone. */
    void dump(Path file) throws IOException {
        Path draft = DurableFiles.draft(file);
        boolean granted = false;
        try {
            granted = exchange.fetch(Call.get("/v1/registry-dump"), draft).match(whole -> true, refused -> {
                throw new GatewayException.Refused(refused.problem(), false, Optional.empty());
            });
            DurableFiles.adopt(draft, file);
        } finally {
            if (!granted) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private byte[] get(String path) throws IOException {
        return exchange.send(Call.get(path)).match(granted -> granted.content().array(), refused -> {
            throw new GatewayException.Refused(refused.problem(), false, Optional.empty());
        });
    }
}
