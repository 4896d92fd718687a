// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;

/**
 * What a client needs to speak to one gateway: the file {@code sparekey.json}. It holds names of files and no secret.
 * Paths are relative to the file's own directory.
 *
 * @param gateway HTTPS origin of the API, exactly as the gateway is configured: it is part of what is signed
 * @param gatewayCa PEM, the certificates that the gateway's TLS certificate must chain to; no others are trusted
 * @param gatewayMessageKeys PEM certificates or public keys, one file each; answers are believed under these keys only
 * @param clientId the OAuth client; absent = the id of the TLS key
 * @param tlsKey its chain is leaf and issuer: a leaf alone counts as self-signed and is refused by gateways
 * @param documentKey for those who sign documents
 * @param logKeys verifier keys ({@code name+id+key}) of the logs whose proofs are to be believed
 * @param reseller for resellers
 */
public record ChannelConfiguration(
        String gateway,
        String gatewayCa,
        List<String> gatewayMessageKeys,
        Optional<String> clientId,
        KeyFile tlsKey,
        KeyFile messageKey,
        Optional<KeyFile> documentKey,
        List<String> logKeys,
        Optional<ResellerIdentity> reseller) {

    /** The usual name of the file. */
    public static final String FILE = "sparekey.json";

    public static final int MAX_FILE_BYTES = 64 << 10;

    public ChannelConfiguration {
        gatewayMessageKeys = List.copyOf(gatewayMessageKeys);
        logKeys = List.copyOf(logKeys);
        URI origin = URI.create(gateway);
        if (!"https".equals(origin.getScheme()) || origin.getHost() == null || !gateway.equals(bare(origin))) {
            throw new IllegalArgumentException("gateway is an origin: https://host or https://host:port");
        }
        if (gatewayMessageKeys.isEmpty()) {
            throw new IllegalArgumentException("at least one message key of the gateway is pinned");
        }
    }

    /**
     * Who a reseller is, and where the secret lies from which pseudonyms are derived.
     *
     * @param id as enrolled with the hoster
     * @param hoster the hoster's legal name, as his gateway's list of parties spells it
     * @param secretFile 32 random bytes or more, raw; whoever has it can link the reseller's customers
     */
    public record ResellerIdentity(String id, String hoster, String secretFile) {}

    /** @throws MalformedException when the file is not of this form */
    public static ChannelConfiguration load(Path file) throws IOException, MalformedException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new MalformedException("", "a configuration file has at most 64 KiB");
        }
        return Wire.read(Files.readAllBytes(file), ChannelConfiguration.class);
    }

    /** Opens the key files that lie beside the configuration file. */
    public ChannelKeys keys(Path base) throws IOException, MalformedException {
        Optional<SigningKey> document = Optional.empty();
        if (documentKey.isPresent()) {
            document = Optional.of(documentKey.get().load(base));
        }
        return new ChannelKeys(
                tlsKey.load(base),
                messageKey.load(base),
                document,
                Pem.certificates(base.resolve(gatewayCa)),
                Pem.publicKeys(base, gatewayMessageKeys));
    }

    private static String bare(URI origin) {
        return "https://" + origin.getHost() + (origin.getPort() < 0 ? "" : ":" + origin.getPort());
    }
}
