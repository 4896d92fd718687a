// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * How the demo was called.
 *
 * @param auto {@code -Ddemo.auto}: plays the officers too and ends
 * @param out {@code -Ddemo.out=DIR}: leaves what a sceptic needs
 */
record DemoOptions(boolean auto, Optional<Path> out) {

    static DemoOptions of(Properties properties) {
        String auto = properties.getProperty("demo.auto", "false");
        String out = properties.getProperty("demo.out", "");
        Optional<Path> directory =
                out.isBlank() ? Optional.empty() : Optional.of(Path.of(out).toAbsolutePath());
        return new DemoOptions(!auto.equals("false"), directory);
    }
}
