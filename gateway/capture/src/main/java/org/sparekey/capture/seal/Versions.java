// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.github.luben.zstd.util.ZstdVersion;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/** The libraries that touched the evidence, for the manifest. */
final class Versions {

    private static final String UNKNOWN = "unknown";

    private Versions() {}

    static Map<String, String> ours() {
        return Map.of(
                "java", Runtime.version().toString(),
                "zstd-jni", ZstdVersion.VERSION,
                "jagged", of(StandardEncryptingChannelFactory.class),
                "bouncycastle", new BouncyCastleProvider().getVersionStr(),
                "sparekey-capture", of(Versions.class));
    }

    private static String of(Class<?> type) {
        @Nullable String version = type.getPackage().getImplementationVersion();
        return version == null ? UNKNOWN : version;
    }
}
