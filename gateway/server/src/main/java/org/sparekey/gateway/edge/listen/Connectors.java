// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.listen;

import java.security.SecureRandom;
import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.sparekey.gateway.edge.start.GatewaySettings;
import org.sparekey.protocol.key.SigningKey;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** The two TLS connectors of the server; the management listener is Spring's own, on the loopback interface. */
final class Connectors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** A new handshake costs as much as 15 to 40 requests; Tomcat's own 100 would cost one every 100. */
    static final int MAX_KEEP_ALIVE_REQUESTS = 10_000;

    static final Duration KEEP_ALIVE = Duration.ofSeconds(60);
    static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(20);
    static final int MAX_HEADER_BYTES = 16 << 10;

    /** Only the token endpoint takes a form. */
    static final int MAX_FORM_BYTES = 16 << 10;

    /** A refused body is read to its end up to here, so that the client gets to read why; then the connection breaks. */
    static final int MAX_SWALLOW_BYTES = 96 << 20;

    private final GatewaySettings settings;
    private final SigningKey key;
    private final EnrolledTrust trust;
    private final SecureRandom random;
    private final Ports ports;

    Connectors(GatewaySettings settings, SigningKey key, EnrolledTrust trust, SecureRandom random, Ports ports) {
        this.settings = settings;
        this.key = key;
        this.trust = trust;
        this.random = random;
        this.ports = ports;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        Connector open = new Connector(Http11NioProtocol.class.getName());
        open.setPort(settings.listen().publicPort());
        configure(open, "none", "public-");
        factory.setPort(settings.listen().apiPort());
        factory.addConnectorCustomizers(connector -> {
            configure(connector, "required", "api-");
            ports.api(connector);
        });
        factory.addAdditionalConnectors(open);
        factory.addEngineValves(new ListenerValve(open));
        ports.open(open);
    }

    private void configure(Connector connector, String verification, String threads) {
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setXpoweredBy(false);
        connector.setMaxPostSize(MAX_FORM_BYTES);
        Http11NioProtocol protocol = (Http11NioProtocol) connector.getProtocolHandler();
        protocol.setSSLEnabled(true);
        protocol.setMaxKeepAliveRequests(MAX_KEEP_ALIVE_REQUESTS);
        protocol.setKeepAliveTimeout((int) KEEP_ALIVE.toMillis());
        protocol.setConnectionTimeout((int) CONNECTION_TIMEOUT.toMillis());
        protocol.setMaxHttpRequestHeaderSize(MAX_HEADER_BYTES);
        protocol.setMaxSwallowSize(MAX_SWALLOW_BYTES);
        protocol.setExecutor(new VirtualThreadExecutor(threads));
        SSLHostConfig tls = new SSLHostConfig();
        tls.setProtocols("TLSv1.3");
        tls.setCertificateVerification(verification);
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setSslContext(ServerTls.of(key, trust, random));
        tls.addCertificate(certificate);
        protocol.addSslHostConfig(tls);
    }
}
