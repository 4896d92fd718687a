// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Everything that anybody in this JVM logs, exceptions with their causes: ours from TRACE, all others from DEBUG. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String OURS = "org.sparekey";

    private final List<String> lines = new ArrayList<>();
    private final Logger root;
    private final Level before;

    private LogLines(LoggerContext context) {
        setContext(context);
        this.root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        this.before = root.getLevel();
    }

    static LogLines listen() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LogLines lines = new LogLines(context);
        lines.attach();
        return lines;
    }

    /** Listens, whatever the logging was set to meanwhile. */
    void attach() {
        start();
        if (!root.isAttached(this)) {
            root.addAppender(this);
        }
        root.setLevel(Level.DEBUG);
        root.getLoggerContext().getLogger(OURS).setLevel(Level.TRACE);
    }

    @Override
    protected void append(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(event.getLevel() + " " + event.getLoggerName());
        line.append(' ').append(event.getFormattedMessage()).append(' ').append(event.getMDCPropertyMap());
        if (event.getThrowableProxy() != null) {
            line.append('\n').append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        synchronized (lines) {
            lines.add(line.toString());
            lines.notifyAll();
        }
    }

    List<String> all() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Returns when a line says so. */
    void await(String words) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (lines) {
            while (lines.stream().noneMatch(line -> line.contains(words))) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                assertThat(left).as("patience for " + words).isPositive();
                lines.wait(left);
            }
        }
    }

    @Override
    public void close() {
        root.detachAppender(this);
        root.setLevel(before);
        root.getLoggerContext().getLogger(OURS).setLevel(null);
        stop();
    }
}
