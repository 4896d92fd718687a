// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What integrators compile against, line by line, in {@code api.txt}. Whoever changes it changes that file too, in the same
 * commit, and whoever reads the commit sees which line went. A line that goes is a new major version.
 */
class PublicApiTest {

    private static final Path ROOT = Path.of(System.getProperty("sparekey.basedir", "../.."));
    private static final Path WRITTEN = ROOT.resolve("reseller-sdk/client/api.txt");

    @Test
    void the_public_api_is_the_one_that_is_written_down() throws Exception {
        String found = String.join("\n", lines()) + "\n";
        Path actual = Path.of("target").resolve("api.txt");
        Files.createDirectories(actual.toAbsolutePath().getParent());
        Files.writeString(actual, found);

        assertThat(found)
                .as("compare target/api.txt of this module with api.txt")
                .isEqualTo(Files.readString(WRITTEN));
    }

    @Test
    void nothing_of_the_json_library_or_of_bouncy_castle_is_in_it() throws Exception {
        assertThat(lines()).noneMatch(line -> line.contains("jackson") || line.contains("bouncycastle"));
    }

    private static List<String> lines() throws IOException, URISyntaxException, ClassNotFoundException {
        TreeSet<String> lines = new TreeSet<>();
        for (Class<?> type : types()) {
            lines.add(head(type));
            members(type).forEach(member -> lines.add(name(type) + " " + member));
        }
        return List.copyOf(lines);
    }

    private static List<Class<?>> types() throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Path.of(ResellerClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> names;
        try (Stream<Path> files = Files.walk(classes.resolve("org/sparekey/client"))) {
            names = files.map(file -> classes.relativize(file).toString().replace('/', '.'))
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
        List<Class<?>> types = new ArrayList<>();
        for (String name : names) {
            Class<?> type = Class.forName(name, false, ResellerClient.class.getClassLoader());
            if (isOpen(type)) {
                types.add(type);
            }
        }
        return types;
    }

    private static boolean isOpen(Class<?> type) {
        boolean open = Modifier.isPublic(type.getModifiers()) && !type.isAnonymousClass() && !type.isLocalClass();
        return open && (type.getDeclaringClass() == null || isOpen(type.getDeclaringClass()));
    }

    private static String head(Class<?> type) {
        String kind = type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
        String sealed = type.isSealed() ? "sealed " : "";
        String above = Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                .map(PublicApiTest::name)
                .collect(Collectors.joining(", "));
        return name(type) + " : " + sealed + kind + " (" + above + ")" + components(type);
    }

    private static String components(Class<?> type) {
        return !type.isRecord()
                ? ""
                : Arrays.stream(type.getRecordComponents())
                        .map(PublicApiTest::component)
                        .collect(Collectors.joining(", ", " [", "]"));
    }

    private static String component(RecordComponent component) {
        return component.getGenericType().getTypeName() + " " + component.getName();
    }

    private static List<String> members(Class<?> type) {
        List<String> members = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (isVisible(field.getModifiers()) && !field.isSynthetic()) {
                members.add(
                        modifiers(field.getModifiers()) + field.getGenericType().getTypeName() + " " + field.getName());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isVisible(constructor.getModifiers()) && !constructor.isSynthetic()) {
                members.add("new " + types(constructor.getGenericParameterTypes()));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isVisible(method.getModifiers()) && !method.isSynthetic()) {
                members.add(modifiers(method.getModifiers())
                        + method.getGenericReturnType().getTypeName() + " "
                        + method.getName() + types(method.getGenericParameterTypes())
                        + thrown(method));
            }
        }
        return members;
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String modifiers(int modifiers) {
        return (Modifier.isStatic(modifiers) ? "static " : "") + (Modifier.isAbstract(modifiers) ? "abstract " : "");
    }

    private static String types(java.lang.reflect.Type[] types) {
        return Arrays.stream(types)
                .map(java.lang.reflect.Type::getTypeName)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String thrown(Method method) {
        return Arrays.stream(method.getExceptionTypes())
                .map(Class::getSimpleName)
                .sorted()
                .collect(Collectors.joining(", ", method.getExceptionTypes().length == 0 ? "" : " throws ", ""));
    }

    private static String name(Class<?> type) {
        return type.getName().replaceFirst("^org\\.sparekey\\.client\\.", "");
    }
}
