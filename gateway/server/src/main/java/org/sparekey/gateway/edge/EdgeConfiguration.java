// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.sparekey.gateway.edge.listen.Listener;
import org.sparekey.gateway.edge.start.GatewaySettings;
import org.sparekey.gateway.edge.token.Tokens;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.signature.RequestVerifier;
import org.sparekey.protocol.signature.ResponseSigner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Wires the door. One filter chain for each listener; what no chain names is not there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class EdgeConfiguration {

    private static final int BEFORE_SECURITY = Ordered.HIGHEST_PRECEDENCE + 10;

    @Bean
    Refusals refusals(GatewaySettings settings) {
        return new Refusals(settings.publicOrigin());
    }

    @Bean
    RequestIds requestIds(InstantSource clock, SecureRandom random) {
        return new RequestIds(clock, random);
    }

    @Bean
    FilterRegistrationBean<AnswerFilter> answerFilter(
            Keys keys, Refusals refusals, RequestIds ids, GatewaySettings settings, InstantSource clock) {
        ResponseSigner signer = new ResponseSigner(keys.message(), clock);
        FilterRegistrationBean<AnswerFilter> filter =
                new FilterRegistrationBean<>(new AnswerFilter(signer, refusals, ids, settings.origin()));
        filter.setOrder(BEFORE_SECURITY);
        return filter;
    }

    @Bean
    @Order(2)
    SecurityFilterChain signedApi(
            HttpSecurity http,
            Parties parties,
            JdbcClient jdbc,
            Tokens tokens,
            RefusalEntries refusals,
            GatewaySettings settings,
            InstantSource clock) {
        RequestVerifier verifier =
                new RequestVerifier(clock, id -> parties.messageKey(id).map(EnrolledKey::publicKey));
        Door door = new Door(
                parties,
                verifier,
                new NonceTable(jdbc, clock),
                tokens,
                new RateLimits(settings.limits().requestsPerMinute(), clock),
                new Attempts(refusals),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return bare(http.securityMatcher(under(Listener.API, AnswerFilter.SIGNED_PATHS)))
                .addFilterBefore(door, AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().access(ContractScopes.published()))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain publicListener(HttpSecurity http) {
        return bare(http.securityMatcher(under(Listener.PUBLIC, "/")))
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                HttpMethod.GET, "/problems/*", "/openapi.yaml", "/log/registry/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.HEAD, "/problems/*", "/openapi.yaml", "/log/registry/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/enrolments")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    /** The API's listener has nothing but /v1, the token endpoint and its metadata. */
    @Bean
    @Order(4)
    SecurityFilterChain restOfApiListener(HttpSecurity http) {
        return bare(http.securityMatcher(under(Listener.API, "/")))
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers(HttpMethod.GET, "/.well-known/oauth-authorization-server")
                                .permitAll()
                                .anyRequest()
                                .denyAll())
                .build();
    }

    /** Management is Spring's own server on the loopback interface, and tells how the gateway is. */
    @Bean
    @Order(5)
    SecurityFilterChain managementListener(HttpSecurity http) {
        return bare(http.securityMatcher(request -> Listener.of(request).isEmpty()))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/actuator/**")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    @Bean
    WebMvcConfigurer callerArgument() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }
        };
    }

    private static RequestMatcher under(Listener listener, String path) {
        return request -> Listener.of(request).filter(listener::equals).isPresent()
                && request.getRequestURI().startsWith(path);
    }

    /** No sessions, forms, logins or headers of the framework: the answer filter and the door do what is needed. */
    private static HttpSecurity bare(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(anonymous -> {})
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(jakarta.servlet.DispatcherType.ERROR)
                        .permitAll())
                .exceptionHandling(handling -> handling.accessDeniedHandler((request, response, denied) -> {
                            throw new ProblemException(
                                    Problem.FORBIDDEN, "the token has not the scope that this needs");
                        })
                        .authenticationEntryPoint((request, response, denied) -> {
                            throw new ProblemException(Problem.NOT_FOUND, "nothing is here");
                        }));
    }
}
