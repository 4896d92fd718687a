// SPDX-License-Identifier: EUPL-1.2
/**
 * The Kafka mirror: a copy of the published log outside the database, written in index order, read back by whoever wants
 * to check it or to rebuild from it. Never salts or payloads, and never the truth.
 */
@ApplicationModule(displayName = "mirror", allowedDependencies = "auditlog")
@NullMarked
package org.sparekey.gateway.mirror;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
