// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on the error stream, drawn only on a terminal: a pipe gets no control characters. */
public final class Bar implements AutoCloseable {

    private static final long MEBIBYTE = 1L << 20;

    private final @org.jspecify.annotations.Nullable ProgressBar bar;

    private Bar(@org.jspecify.annotations.Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** Obeys {@code NO_COLOR} and {@code --quiet}. */
    public static Bar of(String task, boolean quiet) {
        if (quiet || System.console() == null) {
            return new Bar(null);
        }
        return new Bar(new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(
                        System.getenv("NO_COLOR") == null
                                ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK
                                : ProgressBarStyle.ASCII)
                .setUnit(" MiB", MEBIBYTE)
                .showSpeed()
                .build());
    }

    public void at(long done, long total) {
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
