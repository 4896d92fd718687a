// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.problem.CodedReason;

/**
 * A finding and what is filled in; {@link Wording} says it in a language.
 *
 * @param arguments in the order of the finding's places {@code {0}}, {@code {1}}, ...
 */
public record Sentence(Finding finding, List<Phrase> arguments) {

    public Sentence {
        arguments = List.copyOf(arguments);
    }

    /** What is filled in: a name, a number or a time, which is the same in every language, or a coded ground, which is not. */
    public record Phrase(String english, String dutch) {

        static Phrase of(Object argument) {
            if (argument instanceof CodedReason) {
                CodedReason reason = (CodedReason) argument;
                return new Phrase(reason.english(), reason.dutch());
            }
            return new Phrase(argument.toString(), argument.toString());
        }
    }

    /** @param arguments coded grounds, or what is the same in every language */
    static Sentence of(Finding finding, Object... arguments) {
        List<Phrase> phrases = new ArrayList<>();
        for (Object argument : arguments) {
            phrases.add(Phrase.of(argument));
        }
        return new Sentence(finding, phrases);
    }
}
