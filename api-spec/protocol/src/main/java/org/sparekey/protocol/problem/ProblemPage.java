// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The page that a problem's type URI leads to: what happened and what to do, in Markdown, as in {@code api-spec/problems}. */
public final class ProblemPage {

    /** The languages every page exists in. */
    public enum Language {
        EN,
        NL
    }

    private ProblemPage() {}

    /** The problem that a type URI's last part names. */
    public static Optional<Problem> named(String slug) {
        return Arrays.stream(Problem.values())
                .filter(problem -> problem.slug().equals(slug))
                .findFirst();
    }

    public static String text(Problem problem, Language language) {
        String name = problem.slug() + "." + language.name().toLowerCase(java.util.Locale.ROOT) + ".md";
        try (InputStream page = ProblemPage.class.getResourceAsStream("pages/" + name)) {
            if (page == null) {
                throw new IllegalStateException("the page " + name + " is not in this jar");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
