// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules about one file at a time. Each gives one sentence per breach, none when the file is in order. */
final class SourceRules {

    static final int LONGEST_FILE = 300;

    /** A test of a whole path reads better in one piece. */
    static final int LONGEST_TEST = 400;

    /** Where each program makes its one clock and its one source of randomness; everything else is handed them. */
    static final Set<String> MAKERS = Set.of(
            "gateway/server/src/main/java/org/sparekey/gateway/Sources.java",
            "gateway/demo/src/main/java/org/sparekey/demo/Sources.java",
            "gateway/bench/src/main/java/org/sparekey/bench/Sources.java",
            "api-spec/tool/src/main/java/org/sparekey/tool/Sources.java",
            "reseller-sdk/client/src/main/java/org/sparekey/client/Sources.java",
            "reseller-sdk/fake/src/main/java/org/sparekey/fake/Sources.java",
            "reseller-sdk/agent/src/main/java/org/sparekey/agent/Surroundings.java");

    private static final Pattern VAGUE =
            Pattern.compile("(Manager|Helper|Utils?|Data(?!Source|base)|Info|Impl)(?=[A-Z0-9.]|$)");
    private static final Pattern CLOCK_OR_CHANCE =
            Pattern.compile("\\b(Instant|LocalDate|LocalDateTime|OffsetDateTime|ZonedDateTime|LocalTime|Year)\\.now\\("
                    + "|\\bcurrentTimeMillis\\(|\\bClock\\.(system|tick)|\\bInstantSource\\.system\\(|\\bnew Date\\(\\)"
                    + "|\\brandomUUID\\(|\\bMath\\.random\\(|\\bnew (Secure)?Random\\(|\\bThreadLocalRandom\\b"
                    + "|\\bSecureRandom\\.getInstance");
    private static final Pattern EMPTY = Pattern.compile("^\\s*($|//|/?\\*)");
    private static final Pattern SLEEP = Pattern.compile("\\b(Thread|TimeUnit\\.[A-Z]+)\\.sleep\\(|\\bparkNanos\\(");
    private static final Pattern SWITCHED_OFF = Pattern.compile("@Disabled|@Ignore\\b");
    private static final Pattern PROMISE = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

    private SourceRules() {}

    static List<String> licence(SourceFile file) {
        var head = file.text().lines().limit(3).reduce("", (a, b) -> a + "\n" + b);
        return head.contains("SPDX-License-Identifier: " + file.licence())
                ? List.of()
                : List.of(file.path() + " does not begin with SPDX-License-Identifier: " + file.licence());
    }

    /** Counted as the houses we learn from are measured: without blank lines and comments. */
    static List<String> length(SourceFile file) {
        var lines =
                file.text().lines().filter(line -> !EMPTY.matcher(line).find()).count();
        var enough = file.test() ? LONGEST_TEST : LONGEST_FILE;
        return lines <= enough
                ? List.of()
                : List.of(file.path() + " has " + lines + " lines; " + enough + " are enough");
    }

    static List<String> name(SourceFile file) {
        return VAGUE.matcher(file.name()).find()
                ? List.of(file.path() + " has a name that says nothing: see docs/glossary.md")
                : List.of();
    }

    static List<String> clockAndChance(SourceFile file) {
        return !file.main() || MAKERS.contains(file.path())
                ? List.of()
                : found(file, CLOCK_OR_CHANCE, "reads the clock or draws chance itself");
    }

    static List<String> sleeplessTests(SourceFile file) {
        return file.main() ? List.of() : found(file, SLEEP, "sleeps in a test");
    }

    static List<String> switchedOff(SourceFile file) {
        return found(file, SWITCHED_OFF, "switches a test off");
    }

    static List<String> promises(SourceFile file) {
        var match = PROMISE.matcher(file.text());
        return match.find() && !file.name().startsWith("SourceRules")
                ? List.of(file.path() + " promises instead of doing: " + match.group())
                : List.of();
    }

    private static List<String> found(SourceFile file, Pattern pattern, String breach) {
        var breaches = new ArrayList<String>();
        var match = pattern.matcher(file.parts().code());
        while (match.find()) {
            breaches.add(file.path() + " " + breach + ": " + match.group());
        }
        return List.copyOf(breaches);
    }
}
