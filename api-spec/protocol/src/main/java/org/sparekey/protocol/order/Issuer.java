// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

/**
 * Who issues the order: an enrolled authority and one of its persons, by number and never by name.
 *
 * @param role a role of the register, such as INVESTIGATOR or PROSECUTOR
 * @param country ISO 3166-1 alpha-2
 */
public record Issuer(String authority, String person, String role, String country) {}
