// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param adoption file in which two officers adopt the newest published matrix; without it the gateway does not start */
@ConfigurationProperties("sparekey.law")
public record LawSettings(@Nullable Path adoption) {}
