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
        String examine() throws ForgedException, MissingException, MalformedException;
    }

    /** Altered, forged or not trusted. */
    static final class ForgedException extends Exception {
        private static final long serialVersionUID = 1;

        ForgedException(String detail) {
            super(detail);
        }
    }

    /** Needed, and not there. */
    static final class MissingException extends Exception {
        private static final long serialVersionUID = 1;

        MissingException(String detail) {
            super(detail);
        }
    }

    static void require(boolean holds, String otherwise) throws ForgedException {
        if (!holds) {
            throw new ForgedException(otherwise);
        }
    }

    static void need(boolean there, String otherwise) throws MissingException {
        if (!there) {
            throw new MissingException(otherwise);
        }
    }

    /** @return whether it holds */
    boolean check(String about, Examination examination) {
        try {
            add(about, Check.Status.PASS, examination.examine());
            return true;
        } catch (MissingException e) {
            add(about, Check.Status.MISSING, words(e));
        } catch (ForgedException e) {
            add(about, Check.Status.FAIL, words(e));
        } catch (MalformedException e) {
            String where = e.pointer().isEmpty() ? "" : " at " + e.pointer();
            add(about, Check.Status.FAIL, "not of its form" + where + ": " + e.reason());
        }
        return false;
    }

    void note(String about, String detail) {
        add(about, Check.Status.NOTE, detail);
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }

    private void add(String about, Check.Status status, String detail) {
        checks.add(new Check(checks.size() + 1, about, status, detail));
    }

    private static String words(Exception e) {
        String message = e.getMessage();
        return message == null ? "" : message;
    }
}
