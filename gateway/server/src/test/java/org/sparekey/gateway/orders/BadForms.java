// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.sparekey.gateway.orders.Picks.of;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Multipart;

/** A good order in a body that is not of the one form. */
final class BadForms {

    private BadForms() {}

    record Spoilt(String how, byte[] body, String contentType) {}

    static Spoilt spoil(byte[] good, String boundary, SplittableRandom random) {
        List<Multipart.Part> parts = parts(good, boundary);
        Multipart.Part order = parts.get(0);
        String type = Multipart.contentType(boundary);
        String text = new String(good, StandardCharsets.ISO_8859_1);
        return switch (random.nextInt(14)) {
            case 0 -> again("the order twice", parts, order, type, boundary);
            case 1 ->
                again(
                        "a part of another name",
                        parts,
                        new Multipart.Part(of(random, "Orders", "x", "file", "order-"), "a/b", order.content()),
                        type,
                        boundary);
            case 2 ->
                again(
                        "a document that is not named",
                        parts,
                        new Multipart.Part("document", "application/pdf", new byte[random.nextInt(100)]),
                        type,
                        boundary);
            case 3 -> new Spoilt("no order", Multipart.write(parts.subList(1, parts.size()), boundary), type);
            case 4 ->
                new Spoilt(
                        "another boundary",
                        good,
                        Multipart.contentType(of(random, "boundar", "Boundary", "x", "boundary2")));
            case 5 ->
                new Spoilt(
                        "another media type",
                        good,
                        of(
                                random,
                                "multipart/mixed; boundary=boundary",
                                "application/jose",
                                "multipart/form-data",
                                "text/plain",
                                "multipart/form-data; boundary="));
            case 6 -> new Spoilt("bare line ends", bytes(text.replace("\r\n", "\n")), type);
            case 7 -> new Spoilt("something before it", bytes(of(random, "\r\n", "preamble\r\n", " ") + text), type);
            case 8 ->
                new Spoilt("something behind it", bytes(text + of(random, "epilogue", text, " ", "\r\n\r\n")), type);
            case 9 -> new Spoilt("cut off", Arrays.copyOf(good, random.nextInt(good.length - 4)), type);
            case 10 ->
                replaced("the order in base64", parts, Base64.getEncoder().encode(order.content()), type, boundary);
            case 11 -> replaced("the order compressed", parts, gzip(order.content()), type, boundary);
            case 12 ->
                replaced(
                        "white space around the order",
                        parts,
                        bytes(of(random, " ", "\n", "")
                                + new String(order.content(), StandardCharsets.US_ASCII)
                                + of(random, " ", "\r\n", "\u0000")),
                        type,
                        boundary);
            default ->
                new Spoilt(
                        "headers of its own",
                        bytes(text.replaceFirst(
                                "Content-Type: application/jose\r\n",
                                of(
                                        random,
                                        "",
                                        "Content-Type: application/jose\r\nX-More: 1\r\n",
                                        "Content-Transfer-Encoding: base64\r\n",
                                        "Content-Type: application/jose\r\n folded\r\n",
                                        "content-type : application/jose\r\n"))),
                        type);
        };
    }

    private static Spoilt again(
            String how, List<Multipart.Part> parts, Multipart.Part more, String type, String boundary) {
        List<Multipart.Part> all = new ArrayList<>(parts);
        all.add(more);
        return new Spoilt(how, Multipart.write(all, boundary), type);
    }

    private static Spoilt replaced(String how, List<Multipart.Part> parts, byte[] order, String type, String boundary) {
        List<Multipart.Part> all = new ArrayList<>(parts);
        all.set(0, new Multipart.Part("order", "application/jose", order));
        return new Spoilt(how, Multipart.write(all, boundary), type);
    }

    private static List<Multipart.Part> parts(byte[] good, String boundary) {
        try {
            return Multipart.read(good, Multipart.contentType(boundary));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
