// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which scopes let a token through, operation by operation, as the contract's {@code security} says it: one place for those
 * who read it and for the door. An operation of {@code /v1} without such a line stops the start.
 */
final class ContractScopes implements AuthorizationManager<RequestAuthorizationContext> {

    static final String CONTRACT = "/org/sparekey/protocol/openapi.yaml";

    private static final String BOUND = "bound";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    /** Of a log: the only path that goes on below its last name. */
    private static final String DEEP = "/{file}";

    private final List<Operation> operations;

    private ContractScopes(List<Operation> operations) {
        this.operations = operations;
    }

    /** @param scopes of which one is enough; empty where every enrolled caller may */
    record Operation(String method, PathPattern path, Set<String> scopes) {
        boolean matches(String asked, PathContainer where) {
            return method.equals(asked) && path.matches(where);
        }
    }

    static ContractScopes published() {
        YamlMapFactoryBean contract = new YamlMapFactoryBean();
        contract.setResources(new ClassPathResource(CONTRACT));
        contract.afterPropertiesSet();
        List<Operation> operations = new ArrayList<>();
        map(Objects.requireNonNull(contract.getObject()).get("paths"))
                .forEach((path, item) -> operations.addAll(operations(path, map(item))));
        operations.sort(Comparator.comparing(Operation::path, PathPattern.SPECIFICITY_COMPARATOR));
        return new ContractScopes(List.copyOf(operations));
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext context) {
        Authentication letIn = caller.get();
        if (!(letIn instanceof LetIn)) {
            return new AuthorizationDecision(false);
        }
        Set<String> has = letIn.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        Optional<Set<String>> enough =
                scopes(context.getRequest().getMethod(), context.getRequest().getRequestURI());
        // What the contract does not know is answered with 404 or 405: nothing is there.
        return new AuthorizationDecision(
                enough.filter(scopes -> !scopes.isEmpty() && scopes.stream().noneMatch(has::contains))
                        .isEmpty());
    }

    /** Empty for what is no operation of the contract. A HEAD that it does not name is the GET's. */
    Optional<Set<String>> scopes(String method, String path) {
        PathContainer where = PathContainer.parsePath(path);
        Optional<Operation> named = operations.stream()
                .filter(operation -> operation.matches(method, where))
                .findFirst();
        return named.isEmpty() && method.equals("HEAD") ? scopes("GET", path) : named.map(Operation::scopes);
    }

    private static List<Operation> operations(String path, Map<String, Object> item) {
        if (!path.startsWith("/v1/")) {
            return List.of();
        }
        String deep = path.endsWith(DEEP) ? path.replace(DEEP, "/{*file}") : path;
        PathPattern pattern = PathPatternParser.defaultInstance.parse(deep);
        List<Operation> operations = new ArrayList<>();
        item.forEach((key, value) -> {
            String method = key.toUpperCase(Locale.ROOT);
            if (METHODS.contains(method)) {
                operations.add(new Operation(method, pattern, scopes(method + " " + path, map(value))));
            }
        });
        return operations;
    }

    private static Set<String> scopes(String operation, Map<String, Object> says) {
        if (!(says.get("security") instanceof List<?> alternatives) || alternatives.isEmpty()) {
            throw new IllegalStateException("the contract does not say which scope lets into " + operation);
        }
        return alternatives.stream()
                .map(each -> map(each).get(BOUND))
                .filter(List.class::isInstance)
                .flatMap(scopes -> ((List<?>) scopes).stream())
                .map(String::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    @SuppressWarnings("unchecked") // a YAML mapping has names as its keys
    private static Map<String, Object> map(@Nullable Object mapping) {
        if (mapping instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalStateException("the contract has no mapping here");
    }
}
