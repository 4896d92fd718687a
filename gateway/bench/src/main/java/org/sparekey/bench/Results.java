// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tools.jackson.databind.json.JsonMapper;

/** The file that only grows: one JSON line per ratio or figure and run. */
final class Results {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    Results(Path file) {
        this.file = file;
    }

    void append(Record result) throws IOException {
        Files.writeString(
                file, JSON.writeValueAsString(result) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
