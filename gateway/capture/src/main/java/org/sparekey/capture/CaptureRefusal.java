// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture;

import java.util.Locale;

/** Why a capture was refused or given up: the code that the log, the order's status and the officer see. */
public enum CaptureRefusal {
    /** The complete listing does not hold the guest any more. */
    GUEST_UNKNOWN,
    /** The guest is not in a state from which this driver can read it. */
    GUEST_STATE,
    /** The configuration hash is not the approved one. */
    CONFIGURATION_CHANGED,
    /** Somebody else has the disk open for writing or holds a lock on it. */
    DISK_IN_USE,
    DISK_MISSING,
    DISK_FORMAT,
    /** A qcow2 image that refers to other files could pull in what was not ordered. */
    DISK_REFERS_ELSEWHERE,
    QEMU_NBD_ABSENT,
    VIRSH_ABSENT,
    DESCRIPTION_MALFORMED,
    /** The hypervisor did not answer, or not what it must. */
    HYPERVISOR_FAILED,
    TIMED_OUT,
    /** A second job on the guest: ours is one at a time, and the hoster's own job has precedence. */
    JOB_RUNNING,
    /** A full scratch file would freeze the guest (4-evidence, dangers met, 1). */
    SCRATCH_TOO_SMALL,
    SCRATCH_UNUSABLE,
    /** The event stream gave no sign of life: isolation could not have been observed. */
    EVENTS_UNSEEN,
    /** The guest stopped in the window; job aborted, guest resumed. */
    GUEST_STOPPED,
    NBD_PROTOCOL,
    TOO_MANY_EXTENTS,
    RECIPIENTS_TOO_FEW,
    RECIPIENTS_TOO_MANY,
    RECIPIENT_NOT_VALID_NOW,
    RECIPIENT_KEY_USAGE,
    RECIPIENT_KEY_UNSUPPORTED,
    FILE_EXISTS,
    /** The guest has no link that could be cut. */
    NETWORK_ABSENT,
    /** A device of the host is the guest's own, or an interface is of a kind whose link this driver cannot cut. */
    NETWORK_OUT_OF_REACH,
    /** Two links under one hardware address: it cannot be said which is meant. */
    NETWORK_AMBIGUOUS,
    /** Read back, the links are not what they were set to. */
    LINKS_NOT_AS_SET;

    /** Lower case with hyphens, as in problems and log entries. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
