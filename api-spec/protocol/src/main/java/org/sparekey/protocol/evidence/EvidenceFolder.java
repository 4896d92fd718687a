// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names in a delivery folder (9-formats, "Evidence folder"). */
public final class EvidenceFolder {

    public static final String KEY = "key.cms";
    public static final String MANIFEST = "manifest.jws";
    public static final String MANIFEST_TIME = "manifest.tsr";
    public static final String MANIFEST_PROOF = "manifest.tlog-proof";
    public static final String IMAGES = "IMAGES.sha256";
    public static final String SUMS = "SHA256SUMS";
    public static final String SUMS_SIGNATURE = "SHA256SUMS.p7s";

    public static final int MAX_DISK = 99;
    public static final int MAX_VOLUME = 999_999;

    private static final Pattern VOLUME = Pattern.compile("disk[0-9]{2}-[0-9]{6}\\.zst\\.age");

    private EvidenceFolder() {}

    /** {@code disk<NN>-<NNNNNN>.zst.age}: sorted by name they are in order. */
    public static String volume(int disk, int number) {
        check(disk, number);
        return String.format(Locale.ROOT, "disk%02d-%06d.zst.age", disk, number);
    }

    /** The decrypted image, as IMAGES.sha256 names it. */
    public static String image(int disk) {
        check(disk, 0);
        return String.format(Locale.ROOT, "disk%02d.raw", disk);
    }

    public static boolean isVolume(String name) {
        return VOLUME.matcher(name).matches();
    }

    private static void check(int disk, int number) {
        if (disk < 0 || disk > MAX_DISK || number < 0 || number > MAX_VOLUME) {
            throw new IllegalArgumentException("at most 100 disks of a million volumes");
        }
    }
}
