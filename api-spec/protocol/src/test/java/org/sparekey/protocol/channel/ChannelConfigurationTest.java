// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;

class ChannelConfigurationTest {

    private static final TestPki PKI = new TestPki();
    private static final SigningKey TLS = PKI.issue("tls");
    private static final SigningKey MESSAGE = PKI.issue("message");
    private static final SigningKey GATEWAY = PKI.issue("gateway");

    @TempDir
    Path directory;

    @BeforeEach
    void files() throws IOException {
        TestPki.pem(directory.resolve("ca.pem"), PKI.root());
        TestPki.pem(directory.resolve("gateway.pem"), GATEWAY.certificate());
        TestPki.pem(
                directory.resolve("gateway-key.pem"),
                "PUBLIC KEY",
                GATEWAY.publicKey().getEncoded());
        TestPki.write(directory, "tls", TLS);
        TestPki.write(directory, "message", MESSAGE);
        Files.write(directory.resolve(ChannelConfiguration.FILE), Wire.write(configuration("gateway.pem")));
    }

    @Test
    void a_file_written_is_a_file_read() throws Exception {
        assertThat(load()).isEqualTo(configuration("gateway.pem"));
    }

    @Test
    void its_key_files_are_opened_beside_it() throws Exception {
        ChannelKeys keys = load().keys(directory);

        assertThat(keys.tls().keyId()).isEqualTo(TLS.keyId());
        assertThat(keys.message().keyId()).isEqualTo(MESSAGE.keyId());
        assertThat(keys.gatewayCa()).containsExactly(PKI.root());
        assertThat(keys.gatewayMessageKey(GATEWAY.keyId())).isPresent();
        assertThat(keys.gatewayMessageKey(TLS.keyId())).isEmpty();
    }

    @Test
    void a_pinned_key_may_be_a_bare_public_key() throws Exception {
        ChannelKeys keys = configuration("gateway-key.pem").keys(directory);

        assertThat(keys.gatewayMessageKey(GATEWAY.keyId())).isPresent();
    }

    @Test
    void a_wrong_passphrase_names_the_file_and_nothing_else() throws Exception {
        Files.writeString(directory.resolve("tls.pass"), "hunter2");

        assertThat(catchThrowableOfType(IOException.class, () -> load().keys(directory)))
                .hasMessageContaining("tls.p12")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void something_else_than_pem_is_refused() throws Exception {
        Files.writeString(directory.resolve("ca.pem"), "not a certificate");

        assertThatThrownBy(() -> load().keys(directory)).isInstanceOf(MalformedException.class);
    }

    @Test
    void a_private_key_where_a_pinned_key_belongs_is_refused() throws Exception {
        TestPki.pem(
                directory.resolve("gateway.pem"),
                "PRIVATE KEY",
                MESSAGE.privateKeyForTls().getEncoded());

        assertThatThrownBy(() -> load().keys(directory)).isInstanceOf(MalformedException.class);
    }

    @Test
    void a_leaf_without_its_issuer_is_refused() {
        SigningKey leafOnly = new SigningKey(TLS.privateKeyForTls(), List.of(TLS.certificate()));

        assertThatThrownBy(() -> new ChannelKeys(leafOnly, MESSAGE, Optional.empty(), List.of(), List.of()))
                .hasMessageContaining("issuer");
    }

    @Test
    void one_key_for_two_layers_is_refused() {
        assertThatThrownBy(() -> new ChannelKeys(TLS, TLS, Optional.empty(), List.of(), List.of()))
                .hasMessageContaining("two keys");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.invalid:8443, http://api.invalid:8443",
        "https://api.invalid:8443, https://api.invalid:8443/",
        "https://api.invalid:8443, https://user@api.invalid:8443",
        "https://api.invalid:8443, https://api.invalid:8443?x",
        "https://api.invalid:8443, api.invalid",
        "'\"gatewayMessageKeys\":[\"gateway.pem\"]', '\"gatewayMessageKeys\":[]'",
        "'\"logKeys\":[]', '\"logKeys\":[],\"passphrase\":\"x\"'"
    })
    void a_configuration_that_cannot_be_meant_is_refused(String good, String bad) throws Exception {
        String text = Files.readString(directory.resolve(ChannelConfiguration.FILE));
        assertThat(text).contains(good);
        Files.writeString(directory.resolve(ChannelConfiguration.FILE), text.replace(good, bad));

        assertThatThrownBy(this::load).isInstanceOf(MalformedException.class);
    }

    private ChannelConfiguration load() throws IOException, MalformedException {
        return ChannelConfiguration.load(directory.resolve(ChannelConfiguration.FILE));
    }

    private static ChannelConfiguration configuration(String gatewayKey) {
        return new ChannelConfiguration(
                "https://api.invalid:8443",
                "ca.pem",
                List.of(gatewayKey),
                Optional.empty(),
                new KeyFile("tls.p12", "tls.pass"),
                new KeyFile("message.p12", "message.pass"),
                Optional.empty(),
                List.of(),
                Optional.of(
                        new ChannelConfiguration.ResellerIdentity("reseller-1", "Voorbeeld Hosting B.V.", "secret")));
    }
}
