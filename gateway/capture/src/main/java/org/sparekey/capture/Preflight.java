// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture;

/** Whether a guest could be captured now; asking changes nothing. */
public sealed interface Preflight {

    record Ready() implements Preflight {}

    record Refused(CaptureRefusal refusal, String words) implements Preflight {}
}
