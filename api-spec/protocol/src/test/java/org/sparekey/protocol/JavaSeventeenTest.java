// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Wire;

class JavaSeventeenTest {

    private static final int CLASS_FILE_OF_JAVA_17 = 61;

    @Test
    void the_library_is_compiled_for_java_17() throws IOException {
        try (var bytes = new DataInputStream(Wire.class.getResourceAsStream("Wire.class"))) {
            bytes.skipNBytes(6);
            assertThat(bytes.readUnsignedShort()).isEqualTo(CLASS_FILE_OF_JAVA_17);
        }
    }

    /** The second run of these tests must not quietly be a first run again. */
    @Test
    void the_run_that_promises_java_17_has_it() {
        var expected = Integer.getInteger("sparekey.expectedJava");
        assumeTrue(expected != null, "the first run, on the build's own JDK");
        assertThat(Runtime.version().feature()).isEqualTo(expected);
    }
}
