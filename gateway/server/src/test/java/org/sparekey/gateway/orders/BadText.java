// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.sparekey.gateway.orders.Picks.of;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The very same order in other bytes: two texts for one meaning, or a text that two readers understand differently. */
final class BadText {

    private BadText() {}

    record Spoilt(String how, byte[] bytes) {}

    static Spoilt spoil(byte[] canonical, SplittableRandom random) {
        String json = new String(canonical, StandardCharsets.UTF_8);
        return switch (random.nextInt(16)) {
            case 0 -> text("a member twice, the first another", "{\"kind\":\"VOLUNTARY_REQUEST\"," + json.substring(1));
            case 1 -> text("a member twice, the last another", json.substring(0, json.length() - 1) + ",\"v\":1}");
            case 2 ->
                text(
                        "a member of a member twice",
                        json.replace("\"captureMemory\":false", "\"captureMemory\":false,\"captureMemory\":false"));
            case 3 -> space(json, random);
            case 4 -> escaped(json, random);
            case 5 -> text("an order of members of its own", moved(json));
            case 6 -> text("something behind it", json + of(random, " ", "\n", "\u0000", "{}", json, ",", "//"));
            case 7 -> text("something before it", of(random, "\ufeff", " ", "\n", "[", "callback(", "/**/") + json);
            case 8 ->
                new Spoilt(
                        "another encoding",
                        json.getBytes(of(
                                random,
                                StandardCharsets.UTF_16,
                                StandardCharsets.UTF_16BE,
                                StandardCharsets.UTF_16LE,
                                StandardCharsets.UTF_32)));
            case 9 ->
                raw(
                        json,
                        of(
                                random,
                                new byte[] {(byte) 0xC0, (byte) 0xAF},
                                new byte[] {(byte) 0xFF},
                                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                                new byte[] {(byte) 0xE2, (byte) 0x82},
                                new byte[] {0}));
            case 10 ->
                text("half a letter", json.replace("ZEESTER", of(random, "\\ud800", "\\udc00", "\\ud800x", "\\uD83D")));
            case 11 ->
                text(
                        "another number",
                        json.replaceFirst(
                                "\"v\":1(?=[,}])",
                                "\"v\":" + of(random, "1.0", "1e0", "01", "+1", "1E0", "0x1", "1.", "NaN", "true")));
            case 12 -> new Spoilt("cut off", Arrays.copyOf(canonical, random.nextInt(canonical.length)));
            case 13 ->
                text(
                        "too deep",
                        json.replace("\"exclusions\":[]", "\"exclusions\":" + "[".repeat(30) + "]".repeat(30)));
            case 14 ->
                text(
                        "not JSON",
                        of(random, "", "null", "[]", "7", "\"order\"", "{}", "{", "<order/>", json.replace('"', '\'')));
            default -> noise(canonical, random);
        };
    }

    private static Spoilt text(String how, String json) {
        return new Spoilt(how, json.getBytes(StandardCharsets.UTF_8));
    }

    private static Spoilt space(String json, SplittableRandom random) {
        return text(
                "white space",
                json.replaceFirst(of(random, ":", ",", "\\{", "\\}"), "$0" + of(random, " ", "\n", "\t", "\r\n")));
    }

    /** Reads as the same. */
    private static Spoilt escaped(String json, SplittableRandom random) {
        return text(
                "an escape that is not needed",
                of(
                        random,
                        json.replaceFirst("ZEESTER", "\\\\u005aEESTER"),
                        json.replaceFirst("\"kind\"", "\"\\\\u006bind\""),
                        json.replaceFirst("https://", "https:\\\\/\\\\/"),
                        json.replaceFirst("SECRET", "\\\\u0053ECRET")));
    }

    /** A late member first. */
    private static String moved(String json) {
        return "{\"v\":1," + json.replaceFirst(",\"v\":1(?=[,}])", "").substring(1);
    }

    private static Spoilt raw(String json, byte[] strange) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        int at = json.indexOf("ZEESTER");
        byte[] all = new byte[bytes.length + strange.length];
        System.arraycopy(bytes, 0, all, 0, at);
        System.arraycopy(strange, 0, all, at, strange.length);
        System.arraycopy(bytes, at, all, at + strange.length, bytes.length - at);
        return new Spoilt("bytes that are no text", all);
    }

    private static Spoilt noise(byte[] canonical, SplittableRandom random) {
        byte[] noise = new byte[canonical.length];
        random.nextBytes(noise);
        return new Spoilt("noise", noise);
    }
}
