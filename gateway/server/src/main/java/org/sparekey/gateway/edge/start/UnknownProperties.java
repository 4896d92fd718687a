// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.BoundConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Names under {@code sparekey.} that nothing reads: a misspelt setting would otherwise be a default that nobody chose.
 * System properties of the JVM are left alone, the build uses some.
 */
final class UnknownProperties {

    private static final String PREFIX = "sparekey.";
    private static final String ENVIRONMENT_PREFIX = "SPAREKEY_";

    private UnknownProperties() {}

    static List<String> in(ApplicationContext context, ConfigurableEnvironment environment) {
        BoundConfigurationProperties bound = BoundConfigurationProperties.get(context);
        Set<ConfigurationPropertyName> read =
                bound == null ? Set.of() : bound.getAll().keySet();
        Set<String> unknown = new TreeSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> names) {
                unknown.addAll(unread(names, read));
            }
        }
        return new ArrayList<>(unknown);
    }

    private static List<String> unread(EnumerablePropertySource<?> source, Set<ConfigurationPropertyName> read) {
        List<String> unread = new ArrayList<>();
        Set<String> variables =
                read.stream().flatMap(UnknownProperties::variables).collect(Collectors.toSet());
        for (String name : source.getPropertyNames()) {
            boolean ours = switch (source.getName()) {
                case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME -> false;
                case StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME ->
                    name.startsWith(ENVIRONMENT_PREFIX) && !variables.contains(name);
                default -> name.startsWith(PREFIX) && !read.contains(ConfigurationPropertyName.adapt(name, '.'));
            };
            if (ours) {
                unread.add(name);
            }
        }
        return unread;
    }

    /** {@code sparekey.a-b[0]} is SPAREKEY_AB_0, and SPAREKEY_A_B_0 by older habit. */
    private static Stream<String> variables(ConfigurationPropertyName name) {
        String flat = name.toString().replace("]", "").replaceAll("[.\\[]", "_").toUpperCase(Locale.ROOT);
        return Stream.of(flat.replace("-", ""), flat.replace('-', '_'));
    }
}
