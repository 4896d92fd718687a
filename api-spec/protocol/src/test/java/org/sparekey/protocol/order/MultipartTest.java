// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Multipart.Part;

class MultipartTest {

    private static final String TYPE = Multipart.contentType("b");

    @Test
    void parts_read_back_as_they_were_written() throws MalformedException {
        byte[] odd = {0, 13, 10, '-', '-', 13, 10, '-', '-', 'c', 13, 10};
        List<Part> parts = List.of(
                new Part("order", "application/jose", ascii("a.b.c")),
                new Part("document", "application/pdf", odd),
                new Part("document", "text/plain; charset=utf-8", new byte[0]));
        byte[] written = Multipart.write(parts, "b");

        List<Part> read = Multipart.read(written, TYPE);

        assertThat(Multipart.write(read, "b")).isEqualTo(written);
        assertThat(read).extracting(Part::name).containsExactly("order", "document", "document");
        assertThat(read.get(1).content()).isEqualTo(odd);
    }

    @Test
    void curl_writes_a_form_that_is_read() throws MalformedException {
        byte[] body = ascii("--b\r\nContent-Disposition: form-data; name=\"order\"; filename=\"order.jws\"\r\n"
                + "Content-Type: application/jose\r\n\r\na.b.c\r\n--b--\r\n");

        assertThat(Multipart.read(body, "multipart/form-data; boundary=b")
                        .get(0)
                        .content())
                .isEqualTo(ascii("a.b.c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--b",
                "--b--\r\n",
                "hidden\r\n--b\r\nContent-Disposition: form-data; name=\"order\"\r\nContent-Type: a/b\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"order\"\r\nContent-Type: a/b\r\n\r\nx\r\n--b--\r\nhidden",
                "--b\r\nContent-Disposition: form-data; name=\"order\"\r\nContent-Type: a/b\r\n\r\nx\r\n--bb\r\n--b",
                "--b\r\nContent-Type: a/b\r\nContent-Disposition: form-data; name=\"order\"\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"order\"\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"order\"\r\nContent-Type: a/b\r\nX: y\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"order\"; name=\"other\"\r\nContent-Type: a/b\r\n\r\nx\r\n--b--"
            })
    void a_body_of_another_form_is_refused(String body) {
        assertThatThrownBy(() -> Multipart.read(ascii(body), TYPE)).isInstanceOf(MalformedException.class);
    }

    @Test
    void a_body_with_too_many_parts_is_refused() {
        List<Part> parts = Collections.nCopies(Multipart.MAX_PARTS + 1, new Part("document", "a/b", new byte[1]));

        assertThatThrownBy(() -> Multipart.read(Multipart.write(parts, "b"), TYPE))
                .isInstanceOf(MalformedException.class);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
