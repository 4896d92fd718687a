// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** One letter to one address, so that a wrong address does not keep the others from theirs. */
final class MailChannel implements Channel {

    private static final String MILLIS = "10000";

    private final AlarmSettings.Mail settings;
    private final String to;

    MailChannel(AlarmSettings.Mail settings, String to) {
        this.settings = settings;
        this.to = to;
    }

    @Override
    public String name() {
        return "mail " + settings.to().indexOf(to);
    }

    @Override
    public void send(Notice notice) throws IOException {
        SimpleMailMessage letter = new SimpleMailMessage();
        letter.setFrom(settings.from());
        letter.setTo(to);
        letter.setSubject(notice.headline());
        letter.setText(notice.kind().words() + "\n\nkind: " + notice.kind().code() + "\nabout: " + notice.subject()
                + "\nat: " + notice.at() + "\nalarm: " + notice.alarm() + "\n");
        try {
            sender().send(letter);
        } catch (MailException e) {
            throw new IOException("the mail server did not take the notice", e);
        }
    }

    private JavaMailSenderImpl sender() {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(settings.host());
        sender.setPort(settings.port());
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        Properties properties = sender.getJavaMailProperties();
        properties.setProperty("mail.smtp.connectiontimeout", MILLIS);
        properties.setProperty("mail.smtp.timeout", MILLIS);
        properties.setProperty("mail.smtp.writetimeout", MILLIS);
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(settings.startTls()));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(settings.startTls()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        if (settings.user() != null && settings.passwordFile() != null) {
            properties.setProperty("mail.smtp.auth", "true");
            sender.setUsername(settings.user());
            sender.setPassword(password(settings.passwordFile()));
        }
        return sender;
    }

    private static String password(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the password of the mail server", e);
        }
    }
}
