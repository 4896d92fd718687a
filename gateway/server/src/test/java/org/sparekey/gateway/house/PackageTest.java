// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PackageTest {

    private static final String ROOMS = "gateway/server/src/main/java/org/sparekey/gateway/";

    private static final Pattern SENTENCE = Pattern.compile("(?s)/\\*\\*.{10,}\\.\\W*\\*/\\s.*@NullMarked\\spackage ");

    private final Map<String, String> labels = labels();

    @Test
    void every_package_has_a_label() {
        assertThat(SourceTree.java().stream()
                        .filter(SourceFile::main)
                        .filter(file -> !file.path().endsWith("/module-info.java"))
                        .map(file -> folder(file.path()))
                        .distinct()
                        .filter(folder -> !labels.containsKey(folder)))
                .isEmpty();
    }

    @Test
    void every_label_is_a_sentence_and_marks_its_package_free_of_nulls() {
        assertThat(labels.keySet().stream()
                        .filter(folder -> !SENTENCE.matcher(labels.get(folder)).find()))
                .isEmpty();
    }

    @Test
    void every_room_declares_its_name_and_what_it_uses() {
        assertThat(labels.entrySet())
                .filteredOn(entry -> isRoom(entry.getKey()))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.getValue())
                        .contains("@ApplicationModule", "displayName", "allowedDependencies"));
    }

    private static boolean isRoom(String folder) {
        return folder.startsWith(ROOMS) && !folder.substring(ROOMS.length()).contains("/");
    }

    private static Map<String, String> labels() {
        var labels = new TreeMap<String, String>();
        SourceTree.java().stream()
                .filter(file -> file.main() && file.name().equals("package-info.java"))
                .forEach(file -> labels.put(folder(file.path()), file.text()));
        return labels;
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
