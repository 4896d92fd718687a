// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.json.MalformedException;

/** Runs the checks and numbers what they find; a check that cannot run never passes. */
final class Findings {

    private final List<Check> checks = new ArrayList<>();

    /** A check answers one sentence when it holds, and throws when it does not. */
    @FunctionalInterface
    interface Examination {
        Sentence examine() throws ForgedException, MissingException, MalformedException;
    }

    /** Altered, forged or not trusted. */
    static final class ForgedException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Sentence sentence;

        ForgedException(Finding finding, Object... arguments) {
            super(finding.code());
            this.sentence = Sentence.of(finding, arguments);
        }

        Sentence sentence() {
            return sentence;
        }
    }

    /** Needed, and not there. */
    static final class MissingException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Sentence sentence;

        MissingException(Finding finding, Object... arguments) {
            super(finding.code());
            this.sentence = Sentence.of(finding, arguments);
        }

        Sentence sentence() {
            return sentence;
        }
    }

    static void require(boolean holds, Finding otherwise, Object... arguments) throws ForgedException {
        if (!holds) {
            throw new ForgedException(otherwise, arguments);
        }
    }

    static void need(boolean there, Finding otherwise, Object... arguments) throws MissingException {
        if (!there) {
            throw new MissingException(otherwise, arguments);
        }
    }

    /** @return whether it holds */
    boolean check(Topic topic, Examination examination) {
        return examine(topic, examination, Check.Status.PASS, Check.Status.FAIL, Check.Status.MISSING);
    }

    /** The same of what is red also when it holds. */
    void warn(Topic topic, Examination examination) {
        examine(topic, examination, Check.Status.RED, Check.Status.FAIL, Check.Status.MISSING);
    }

    /** The same of what nobody asked for: it proves nothing when it holds, and is a fault when it does not. */
    void remark(Topic topic, Examination examination) {
        examine(topic, examination, Check.Status.NOTE, Check.Status.FAIL, Check.Status.MISSING);
    }

    /** The same of what strengthens the bundle where it holds, and need not be there. */
    void support(Topic topic, Examination examination) {
        examine(topic, examination, Check.Status.PASS, Check.Status.FAIL, Check.Status.NOTE);
    }

    /**
     * The same of an order that was refused at the door: what does not hold is why, and no fault of the bundle.
     *
     * @return whether it holds
     */
    boolean explain(Topic topic, Examination examination) {
        return examine(topic, examination, Check.Status.PASS, Check.Status.NOTE, Check.Status.NOTE);
    }

    private boolean examine(
            Topic topic, Examination examination, Check.Status holds, Check.Status forged, Check.Status missing) {
        try {
            add(topic, holds, examination.examine());
            return true;
        } catch (MissingException e) {
            add(topic, missing, e.sentence());
        } catch (ForgedException e) {
            add(topic, forged, e.sentence());
        } catch (MalformedException e) {
            String where = e.pointer().isEmpty() ? e.reason() : e.pointer() + ": " + e.reason();
            add(topic, forged, Sentence.of(Finding.NOT_OF_ITS_FORM, where));
        }
        return false;
    }

    void note(Topic topic, Finding finding, Object... arguments) {
        add(topic, Check.Status.NOTE, Sentence.of(finding, arguments));
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }

    private void add(Topic topic, Check.Status status, Sentence detail) {
        checks.add(new Check(checks.size() + 1, topic, status, detail));
    }
}
