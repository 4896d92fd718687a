// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import java.nio.file.Path;

/** One file of the tree; the path is relative to the repository and written with slashes. */
record SourceFile(String path, String text) {

    String name() {
        return Path.of(path).getFileName().toString();
    }

    boolean java() {
        return path.endsWith(".java");
    }

    boolean main() {
        return path.contains("/src/main/");
    }

    boolean test() {
        return path.contains("/src/test/");
    }

    /** The licence of its folder: what others embed is Apache-2.0. */
    String licence() {
        return path.startsWith("api-spec/") || path.startsWith("reseller-sdk/") ? "Apache-2.0" : "EUPL-1.2";
    }

    JavaText parts() {
        return JavaText.of(text);
    }
}
