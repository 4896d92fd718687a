// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelsTest {

    private static final Notice NOTICE = new Notice(
            UUID.fromString("00000000-0000-4000-8000-000000000001"),
            Notice.Change.OPENED,
            AlarmKind.LOG_STOPPED,
            "case",
            Instant.parse("2026-11-23T12:00:00Z"));

    @TempDir
    Path directory;

    @Test
    void a_webhook_gets_the_notice_as_json_and_only_2xx_counts() throws IOException {
        List<String> bodies = new ArrayList<>();
        int[] status = {204};
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status[0], -1);
            exchange.close();
        });
        server.start();
        try {
            Channel hook = new WebhookChannel(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"));
            hook.send(NOTICE);
            assertThat(bodies.getFirst()).contains("\"kind\":\"log-stopped\"", "\"change\":\"OPENED\"");
            status[0] = 302;
            assertThatThrownBy(() -> hook.send(NOTICE)).isInstanceOf(IOException.class);
            status[0] = 500;
            assertThatThrownBy(() -> hook.send(NOTICE)).hasMessageContaining("500");
            assertThat(hook.name()).doesNotContain("/hook");
        } finally {
            server.stop(0);
        }
        assertThat(bodies).hasSize(3);
    }

    @Test
    void a_webhook_that_is_away_is_an_io_error() {
        Channel hook = new WebhookChannel(URI.create("http://127.0.0.1:1/hook"));

        assertThatThrownBy(() -> hook.send(NOTICE)).isInstanceOf(IOException.class);
    }

    @Test
    void two_parties_get_a_letter_each() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("alarms@hoster.example", "gateway", "correct horse");
        server.start();
        try {
            Path password = Files.writeString(directory.resolve("password"), "correct horse\n");
            AlarmSettings.Mail mail = new AlarmSettings.Mail(
                    "127.0.0.1",
                    server.getSmtp().getPort(),
                    "alarms@hoster.example",
                    List.of("duty@hoster.example", "watch@supervisor.example"),
                    false,
                    "gateway",
                    password);
            for (String to : mail.to()) {
                new MailChannel(mail, to).send(NOTICE);
            }
            MimeMessage[] letters = server.getReceivedMessages();
            assertThat(letters).hasSize(2);
            assertThat(letters[0].getSubject()).isEqualTo("Sparekey alarm log-stopped (case)");
            assertThat(letters[0].getAllRecipients()[0]).hasToString("duty@hoster.example");
            assertThat(letters[1].getAllRecipients()[0]).hasToString("watch@supervisor.example");
            assertThat(letters[0].getContent().toString()).contains(AlarmKind.LOG_STOPPED.words());
        } finally {
            server.stop();
        }
    }

    @Test
    void a_mail_server_without_starttls_is_refused_when_it_is_demanded() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            AlarmSettings.Mail mail = new AlarmSettings.Mail(
                    "127.0.0.1",
                    server.getSmtp().getPort(),
                    "alarms@hoster.example",
                    List.of("duty@hoster.example"),
                    true,
                    null,
                    null);
            assertThatThrownBy(() -> new MailChannel(mail, "duty@hoster.example").send(NOTICE))
                    .isInstanceOf(IOException.class);
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }
}
