// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog.witness;

/** What a witness answered, unread. */
public record Reply(int status, byte[] body) {}
