// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.token;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.sparekey.gateway.edge.listen.Listener;
import org.sparekey.gateway.edge.start.GatewaySettings;
import org.sparekey.gateway.parties.Parties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.web.SecurityFilterChain;

/** The embedded authorization server: one grant, one way to authenticate, one algorithm. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class TokenConfiguration {

    static final String TOKEN_PATH = "/oauth2/token";
    static final String METADATA_PATH = "/.well-known/oauth-authorization-server";

    /** Signs tokens of this process only, which live five minutes: a restart costs each client one more token. */
    @Bean
    JWKSource<SecurityContext> tokenKeys(SecureRandom random) {
        return new ImmutableJWKSet<>(new JWKSet(TokenKey.generate(random)));
    }

    @Bean
    EnrolledClients enrolledClients(Parties parties) {
        return new EnrolledClients(parties);
    }

    @Bean
    Tokens tokens(JWKSource<SecurityContext> keys, GatewaySettings settings, InstantSource clock) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys)
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
        JwtTimestampValidator time = new JwtTimestampValidator(Duration.ZERO);
        time.setClock(clock.withZone(ZoneOffset.UTC));
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                time,
                new JwtClaimValidator<Object>("iss", issuer -> settings.origin().equals(String.valueOf(issuer))),
                new JwtClaimValidator<List<String>>(
                        "aud", audience -> audience != null && audience.equals(List.of(settings.origin())))));
        return new Tokens(decoder);
    }

    @Bean
    OAuth2TokenGenerator<?> tokenGenerator(
            JWKSource<SecurityContext> keys, GatewaySettings settings, InstantSource clock) {
        JwtGenerator generator = new JwtGenerator(new NimbusJwtEncoder(keys));
        generator.setClock(clock.withZone(ZoneOffset.UTC));
        generator.setJwtCustomizer(new TokenContents(settings.origin()));
        return generator;
    }

    @Bean
    @Order(1)
    SecurityFilterChain tokenEndpoint(
            HttpSecurity http,
            Parties parties,
            EnrolledClients clients,
            OAuth2TokenGenerator<?> generator,
            GatewaySettings settings) {
        TlsClientAuthentication authentication = new TlsClientAuthentication(parties, clients);
        http.securityMatcher(request ->
                        Listener.of(request).filter(Listener.API::equals).isPresent()
                                && request.getRequestURI().equals(TOKEN_PATH))
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .with(
                        new OAuth2AuthorizationServerConfigurer(),
                        server -> server.registeredClientRepository(clients)
                                .authorizationService(new NoMemory())
                                .tokenGenerator(generator)
                                .authorizationServerSettings(AuthorizationServerSettings.builder()
                                        .issuer(settings.origin())
                                        .build())
                                .clientAuthentication(client -> client.authenticationConverters(converters -> {
                                            converters.clear();
                                            converters.add(authentication);
                                        })
                                        .authenticationProviders(providers -> {
                                            providers.clear();
                                            providers.add(authentication);
                                        })))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
        return http.build();
    }
}
