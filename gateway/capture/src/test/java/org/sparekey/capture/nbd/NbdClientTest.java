// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.Extent;
import org.sparekey.capture.TestImages;
import org.sparekey.capture.Tools;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import tools.jackson.databind.JsonNode;

/** Our client beside libnbd's tools, on the servers of QEMU and nbdkit. */
class NbdClientTest {

    @TempDir
    Path temp;

    @Test
    void reads_from_qemu_nbd_what_nbdcopy_reads() throws Exception {
        Tools.require("qemu-nbd", "qemu-img", "nbdcopy", "nbdinfo");
        TestImages images = new TestImages(temp.resolve("images"));
        Tools.run(
                temp,
                "qemu-img",
                "convert",
                "-O",
                "qcow2",
                images.path("shop.raw").toString(),
                "shop.qcow2");
        try (Server server = Server.start(
                temp,
                "qemu-nbd",
                "-r",
                "-f",
                "qcow2",
                "--shared=4",
                "--persistent",
                "-x",
                "disk",
                "-k",
                temp.resolve("s").toString(),
                temp.resolve("shop.qcow2").toString())) {
            compare(server.socket(), "disk", images.path("shop.raw"));
            assertThat(NbdClient.exports(server.socket(), InstantSource.system()))
                    .containsExactly("disk");
        }
    }

    @Test
    void reads_from_nbdkit_what_nbdcopy_reads() throws Exception {
        Tools.require("nbdkit", "nbdcopy", "nbdinfo");
        TestImages images = new TestImages(temp.resolve("images"));
        try (Server server = Server.start(
                temp,
                "nbdkit",
                "-f",
                "-r",
                "-U",
                temp.resolve("s").toString(),
                "file",
                images.path("shop.raw").toString())) {
            compare(server.socket(), "", images.path("shop.raw"));
        }
    }

    @Test
    void cannot_ask_for_more_than_there_is() throws Exception {
        Tools.require("nbdkit");
        try (Server server = Server.start(
                        temp, "nbdkit", "-f", "-r", "-U", temp.resolve("s").toString(), "memory", "1M");
                NbdClient client = NbdClient.connect(server.socket(), "", InstantSource.system())) {
            assertThat(client.extents()).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> client.read(1, ByteBuffer.allocate(1 << 20)));
        }
    }

    private void compare(Path socket, String export, Path raw) throws Exception {
        String uri = "nbd+unix:///" + export + "?socket=" + socket;
        Tools.run(temp, "nbdcopy", uri, "copy.raw");
        try (NbdClient client = NbdClient.connect(socket, export, InstantSource.system())) {
            assertThat(client.readOnly()).isTrue();
            assertThat(client.size()).isEqualTo(Files.size(raw));
            List<Extent> extents = client.extents();
            assertThat(extents).isEqualTo(map(Tools.run(temp, "nbdinfo", "--json", "--map", uri)));
            byte[] whole = new byte[(int) client.size()];
            client.read(0, ByteBuffer.wrap(whole));
            assertThat(Digest.sha256(whole))
                    .isEqualTo(Digest.sha256(Files.readAllBytes(temp.resolve("copy.raw"))))
                    .isEqualTo(Digest.sha256(Files.readAllBytes(raw)));
            byte[] byExtent = new byte[whole.length];
            for (Extent extent : extents) {
                client.read(extent.offset(), ByteBuffer.wrap(byExtent, (int) extent.offset(), (int) extent.length()));
            }
            assertThat(byExtent).isEqualTo(whole);
        }
    }

    /** What libnbd says is neither a hole nor zero. */
    private static List<Extent> map(String json) throws Exception {
        org.sparekey.capture.Extents extents = new org.sparekey.capture.Extents();
        for (JsonNode run : Wire.tree(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
            if ((run.get("type").intValue() & 2) == 0) {
                extents.add(run.get("offset").longValue(), run.get("length").longValue());
            }
        }
        return extents.list();
    }

    private record Server(Process process, Path socket) implements AutoCloseable {
        static Server start(Path temp, String... command) throws IOException, InterruptedException {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(temp.resolve("server.log").toFile())
                    .start();
            Path socket = temp.resolve("s");
            while (!Files.exists(socket)) {
                assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
                        .as(Files.readString(temp.resolve("server.log")))
                        .isFalse();
            }
            return new Server(process, socket);
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }
}
