// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.util.Locale;

/** What is worth waking somebody for. The words go to people who did not build this. */
public enum AlarmKind {
    /** A log refuses to go on, because its database, its key's memory and what was published contradict each other. */
    LOG_STOPPED(true, "A log has stopped: what it holds contradicts what was signed or published."),
    /** The entries in the database do not give the root that was signed. */
    ROOT_MISMATCH(true, "The stored log entries are not the ones that were signed: something was changed afterwards."),
    /** The published checkpoint is older, or another one of the same size, than one seen before. */
    CHECKPOINT_BACKWARDS(true, "A published checkpoint went back, or two exist for one size."),
    /** An entry carries a time before that of the entry in front of it, by more than clocks drift. */
    TIME_BACKWARDS(true, "An entry was made long before the entry in front of it: a clock was set back."),
    /** Neither the log nor this room's own tables can be asked. */
    DATABASE_AWAY(true, "The database does not answer: nothing can be logged, so nothing is done."),
    /** An execution began in a case without a verified and approved order. */
    CAPTURE_WITHOUT_ORDER(true, "A capture began without a verified and approved order."),
    /** A release in a case without the approvals of two officers. */
    DELIVERY_WITHOUT_APPROVALS(true, "Evidence was released without two officers' approvals."),
    /** An entry waits for its number. */
    OUTBOX_STALE(false, "Entries wait too long for their place in the log."),
    /** A numbered entry waits for a checkpoint that satisfies the policy. */
    CHECKPOINT_STALE(false, "Entries wait too long for a checkpoint that counts; capture and delivery wait with them."),
    /** A witness of the policy has not cosigned for a while. */
    WITNESS_MISSING(false, "A witness has not cosigned for a while."),
    /** A question to the time-stamp authority has had no answer that holds, or nobody asks any more. */
    TOKEN_MISSING(false, "A time-stamp has been missing for more than two hours."),
    /** The copy in Kafka stands still. */
    MIRROR_STANDS(false, "The mirror of a log in Kafka has stood still for a while, or is configured so that it must."),
    /** Somebody else writes into a topic of the mirror. */
    MIRROR_STRANGERS(false, "The mirror of a log holds records that no gateway sent."),
    /** A file of the local spool cannot be read; it lies beside the others until somebody takes it away. */
    SPOOL_DAMAGED(false, "An alarm that waited on the local disk cannot be read: nobody may have been told of it."),
    /** Somebody whose connection is enrolled used a key that is not. */
    UNKNOWN_KEY(false, "An enrolled party sent something signed by a key that is not enrolled for it."),
    /** More orders in one day, under one key, than is usual. */
    MANY_ORDERS(false, "One key submitted unusually many orders in a day."),
    /** An order unlike what its sender usually sends: many, another hour, another device, content for the first time. */
    UNUSUAL_ORDER(false, "An order is unlike what its sender usually sends."),
    /** What a room has of an order and what the log says of it differ: nothing goes on with it. */
    ORDER_FROZEN(
            false, "An order is frozen: the gateway forgot what its log says. Two officers say what becomes of it."),
    /** A party asked for a case that it has no part in, or that does not exist: which, the entry's payload says. */
    STRANGE_READER(false, "An enrolled party asked for a case that is not its own."),
    /** One party terminated more machines in a day than is usual; none beyond the number is destroyed without two officers. */
    BULK_DELETION(false, "Unusually many machines were terminated in a day: two officers must look before disks go."),
    /** A day's coverage of a reseller is lower than that of the signed day before. */
    COVERAGE_DROPPED(false, "Less of what a reseller runs is registered than on the day before.");

    private final boolean integrity;
    private final String words;

    AlarmKind(boolean integrity, String words) {
        this.integrity = integrity;
        this.words = words;
    }

    /** Whether the log itself may be what failed: such an alarm leaves through the local spool, not through the log. */
    boolean integrity() {
        return integrity;
    }

    /** Whether it lasts until an entry says that it is over; every other lasting one is looked at anew each time. */
    boolean endsByEntry() {
        return this == BULK_DELETION || this == ORDER_FROZEN;
    }

    /** One sentence, without any case's content. */
    public String words() {
        return words;
    }

    /** As in entries and notices: {@code checkpoint-stale}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
