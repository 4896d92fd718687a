// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.util.Locale;

/** The names of 9-formats, "Evidence folder". */
public final class Names {

    public static final String KEY = "key.cms";
    public static final String IMAGES = "IMAGES.sha256";

    private Names() {}

    /** {@code disk01-000001.zst.age}; both numbers from 1. */
    static String volume(int disk, int volume) {
        return String.format(Locale.ROOT, "disk%02d-%06d.zst.age", disk, volume);
    }

    static String image(int disk) {
        return String.format(Locale.ROOT, "disk%02d.raw", disk);
    }
}
