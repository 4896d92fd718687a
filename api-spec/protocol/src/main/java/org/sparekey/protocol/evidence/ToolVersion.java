// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

/** A tool that took part, as it names itself. */
public record ToolVersion(String name, String version) {}
