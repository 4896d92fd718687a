// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The one table of domain strings: what is hashed or signed begins with the string and one zero byte. */
public enum Domain {
    REGISTRATION_LINE("sparekey/registration-line/v1"),
    FIELD("sparekey/field/v1"),
    PSEUDONYM("sparekey/pseudonym/v1"),
    PAYLOAD("sparekey/payload/v1"),
    KEY_ID("sparekey/key-id/v1"),
    SUBJECT("sparekey/subject/v1"),
    CASE_ANCHOR("sparekey/case-anchor/v1"),
    APPROVAL("sparekey/approval/v1"),
    TICKET("sparekey/ticket/v1"),
    CONFIG("sparekey/config/v1"),
    JOINT("sparekey/joint/v1"),
    ENROLMENT_CODE("sparekey/enrolment-code/v1"),
    CALL_BACK_CODE("sparekey/call-back-code/v1");

    private final String text;

    Domain(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** The string in ASCII and the zero byte that ends it. */
    public byte[] prefix() {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(ascii, ascii.length + 1);
    }
}
