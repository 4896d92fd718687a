// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says a {@link Verification} in words that a lawyer understands, in English or Dutch. The words lie in {@code
 * verification_en.properties} and {@code verification_nl.properties} beside this class; a test compares their keys.
 */
public final class Wording {

    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    private final Language language;
    private final Properties words;

    private Wording(Language language, Properties words) {
        this.language = language;
        this.words = words;
    }

    public static Wording in(Language language) {
        String file = "verification_" + language.code() + ".properties";
        try (InputStream in = Wording.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the jar");
            }
            Properties words = new Properties();
            try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                words.load(reader);
            }
            return new Wording(language, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Language language() {
        return language;
    }

    /** A few words. */
    public String title(Topic topic) {
        return word("topic." + topic.code());
    }

    /** What this check is for, in one or two sentences without jargon. */
    public String meaning(Topic topic) {
        return word("topic." + topic.code() + ".meaning");
    }

    /** One word for how a check came out. */
    public String status(Check.Status status) {
        return word("status." + status.name().toLowerCase(Locale.ROOT));
    }

    /** One sentence on what a check found. */
    public String finding(Sentence sentence) {
        List<String> arguments = sentence.arguments().stream()
                .map(phrase -> language == Language.NL ? phrase.dutch() : phrase.english())
                .map(this::value)
                .toList();
        Matcher places = PLACE.matcher(word("finding." + sentence.finding().code()));
        return places.replaceAll(place -> Matcher.quoteReplacement(arguments.get(Integer.parseInt(place.group(1)))));
    }

    /** The plain word for a code such as {@code SNAPSHOT_COPY} or {@code closed}; anything else is said as it is. */
    public String value(String code) {
        return words.getProperty("value." + code.replace('=', '-'), code);
    }

    /** One sentence. */
    public String verdict(Verdict verdict) {
        return word("verdict." + verdict.code());
    }

    public String title(Tick tick) {
        return word("tick." + tick.code());
    }

    /** What the tick proves here, and what it does not. */
    public String explain(Tick tick, Tick.Mark mark) {
        return word("tick." + tick.code() + "." + mark.code());
    }

    public String mark(Tick.Mark mark) {
        return word("mark." + mark.code());
    }

    /** The words around a judgement: {@code demo}, {@code trust}, {@code no-trust}, {@code result}, ... */
    public String word(String key) {
        String word = words.getProperty(key);
        if (word == null) {
            throw new IllegalArgumentException("no words for " + key);
        }
        return word;
    }

    /** Every key that there are words for. */
    Set<String> keys() {
        return words.stringPropertyNames();
    }
}
