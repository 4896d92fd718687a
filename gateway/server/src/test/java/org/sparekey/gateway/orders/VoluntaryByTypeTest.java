// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.order.OrderKind;

/** A voluntary request cannot reach hold, disclosure or capture: whoever writes that is stopped by the compiler. */
class VoluntaryByTypeTest {

    private static final String HELD = "return new Entrance.VerifiedAndHeld(asked, java.util.Optional.empty());";
    private static final String PLACED = "holds.place(asked, order, java.util.List.of(), target, until); return null;";
    private static final String VERIFIED =
            "return new VerifiedOrder(asked, order, signed, document, until, \"row\", \"version\");";

    @TempDir
    private Path classes;

    @ParameterizedTest
    @ValueSource(strings = {HELD, PLACED, VERIFIED})
    void what_a_voluntary_request_may_not_do_does_not_compile(String act) {
        assertThat(compiles("Asked.Requested", act)).as(act).isFalse();
        assertThat(compiles("Asked", act)).as(act + " without knowing which").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {HELD, PLACED, VERIFIED})
    void the_same_compiles_for_an_order(String act) {
        assertThat(compiles("Asked.Compelled", act)).as(act).isTrue();
    }

    @Test
    void nothing_makes_an_order_of_a_voluntary_request() {
        assertThatThrownBy(() -> new Asked.Compelled(OrderKind.VOLUNTARY_REQUEST))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(OrderKind.class)
    void every_other_kind_is_an_order(OrderKind kind) {
        Asked expected = kind == OrderKind.VOLUNTARY_REQUEST ? new Asked.Requested() : new Asked.Compelled(kind);

        assertThat(Asked.of(kind)).isEqualTo(expected);
    }

    private boolean compiles(String asked, String act) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
        return compiler.getTask(said, null, null, options, null, List.of(source(asked, act)))
                .call();
    }

    private static JavaFileObject source(String asked, String act) {
        String text = """
                package org.sparekey.gateway.orders;
                final class Attempt {
                    Object act(%s asked, HoldTable holds, OrderId order,
                            org.sparekey.protocol.document.SignedDocument signed,
                            org.sparekey.protocol.order.OrderDocument document,
                            org.sparekey.protocol.order.Target target, java.time.Instant until) {
                        %s
                    }
                }
                """.formatted(asked, act);
        return new SimpleJavaFileObject(URI.create("string:///Attempt.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
