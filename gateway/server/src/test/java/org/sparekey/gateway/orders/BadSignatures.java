// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.sparekey.gateway.orders.Picks.of;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Jcs;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A genuine compact JWS with something wrong in its header, its signature or its spelling. */
final class BadSignatures {

    private static final int HALF = 32;
    private static final int TOO_MANY = 6;

    private final SigningKey self;
    private final X509Certificate root;

    /** @param namesake calls itself what an enrolled root is called */
    BadSignatures(TestCa namesake) {
        this.self = namesake.issue(Purpose.DOCUMENT, "p-1001");
        this.root = namesake.certificate();
    }

    record Spoilt(String how, String compact) {}

    Spoilt spoil(String genuine, SigningKey key, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> spelled(genuine, random);
            case 1 -> signature(genuine, key, random);
            case 2 -> header(genuine, key, random);
            default -> certificates(genuine, key, random);
        };
    }

    private static Spoilt spelled(String genuine, SplittableRandom random) {
        String[] parts = genuine.split("\\.");
        return switch (random.nextInt(8)) {
            case 0, 1 -> flipped(genuine, random);
            case 2 -> new Spoilt("cut off", genuine.substring(0, random.nextInt(genuine.length())));
            case 3 -> new Spoilt("a part left out", parts[0] + "." + parts[of(random, 1, 2)]);
            case 4 -> new Spoilt("a part more", genuine + "." + of(random, "", "A", parts[2]));
            case 5 ->
                new Spoilt(
                        "an empty part",
                        of(
                                random,
                                "." + parts[1] + "." + parts[2],
                                parts[0] + ".." + parts[2],
                                parts[0] + "." + parts[1] + "."));
            case 6 ->
                new Spoilt("white space", genuine.replaceFirst("\\.", of(random, ". ", " .", ".\n", ".\r\n", ".\t")));
            default ->
                new Spoilt(
                        "padding",
                        parts[0] + "." + parts[1] + "." + parts[2] + of(random, "=", "==", "%3D", "\u0000", "+", "/"));
        };
    }

    /** Every character of a canonical part counts. */
    private static Spoilt flipped(String genuine, SplittableRandom random) {
        int at = random.nextInt(genuine.length());
        char other = of(random, 'A', 'Q', '_', '-', '9', '.', '=', '+', 'é');
        char was = genuine.charAt(at);
        char now = was == other ? 'z' : other;
        return new Spoilt("character " + at, genuine.substring(0, at) + now + genuine.substring(at + 1));
    }

    private Spoilt signature(String genuine, SigningKey key, SplittableRandom random) {
        int last = genuine.lastIndexOf('.');
        String input = genuine.substring(0, last);
        byte[] right = Bytes.parse(genuine.substring(last + 1)).array();
        byte[] data = input.getBytes(StandardCharsets.US_ASCII);
        return switch (random.nextInt(9)) {
            case 0 -> signed("all zero", input, new byte[right.length]);
            case 1 -> signed("none", input, new byte[0]);
            case 2 -> signed("r and s exchanged", input, exchanged(right));
            case 3 -> signed("in DER", input, der(right));
            case 4 -> signed("too short", input, Arrays.copyOf(right, random.nextInt(1, right.length)));
            case 5 -> signed("too long", input, Arrays.copyOf(right, right.length + 1 + random.nextInt(64)));
            case 6 -> signed("of something else", input, key.signJose(Arrays.copyOf(data, data.length - 1)));
            case 7 -> signed("of another key", input, self.signJose(data));
            default -> {
                byte[] ones = new byte[right.length];
                Arrays.fill(ones, (byte) 0xFF);
                yield signed("beyond the order of the group", input, ones);
            }
        };
    }

    private Spoilt header(String genuine, SigningKey key, SplittableRandom random) {
        ObjectNode header = headerOf(genuine);
        switch (random.nextInt(6)) {
            case 0 ->
                header.put(
                        "alg",
                        of(
                                random, "none", "None", "NONE", "HS256", "RS256", "PS256", "ES384", "EdDSA", "es256",
                                "ES256K", ""));
            case 1 ->
                header.set(
                        of(random, "jwk", "jku", "x5u", "kid", "x5t", "cty", "epk", "url"), embedded(header, random));
            case 2 -> header.putArray("crit").add(of(random, "b64", "exp", "sigT", ""));
            case 3 -> header.put("b64", random.nextBoolean());
            case 4 -> {
                String own = header.get("typ").asString();
                String other = of(random, "JWT", "jose", "Order", "order", "order-validation", "approval", "");
                header.put("typ", other.equals(own) ? "order-validatio" : other);
            }
            default -> time(header, random);
        }
        String how = header.toString();
        String symmetric = header.path("alg").asString("");
        return symmetric.equals("HS256")
                ? new Spoilt("the public key as a secret", mac(header, genuine, key))
                : resigned("header " + how.substring(0, Math.min(how.length(), 60)), header, genuine, key);
    }

    private static tools.jackson.databind.JsonNode embedded(ObjectNode header, SplittableRandom random) {
        return random.nextBoolean()
                ? header.objectNode()
                        .put("kty", "EC")
                        .put("crv", "P-256")
                        .put("x", "AA")
                        .put("y", "AA")
                : header.stringNode("https://keys.elders.example/" + random.nextInt(100));
    }

    private static void time(ObjectNode header, SplittableRandom random) {
        long iat = header.get("iat").asLong();
        // What a judge's header says of the time is his decision's own time beside it: nobody relies on it.
        int least = header.get("typ").asString().equals("order") ? 0 : 2;
        switch (random.nextInt(least, 8)) {
            case 0 -> header.put("iat", iat + 400 + random.nextInt(1_000_000));
            case 1 -> header.put("iat", iat - 2_592_100 - random.nextInt(1_000_000));
            case 2 -> header.put("iat", -1 - random.nextInt(1_000_000));
            case 3 ->
                header.put(
                        "iat",
                        of(
                                random,
                                Long.MAX_VALUE,
                                1L << 53,
                                253_402_300_800L,
                                Long.MIN_VALUE,
                                31_556_889_864_403_200L));
            case 4 -> header.put("iat", Long.toString(iat));
            case 5 -> header.put("iat", iat + 0.5);
            case 6 -> header.putNull("iat");
            default -> header.remove("iat");
        }
    }

    private Spoilt certificates(String genuine, SigningKey key, SplittableRandom random) {
        ObjectNode header = headerOf(genuine);
        ArrayNode chain = (ArrayNode) header.get("x5c");
        String leaf = chain.get(0).asString();
        switch (random.nextInt(8)) {
            case 0 -> header.putArray("x5c");
            case 1 -> {
                while (chain.size() < TOO_MANY) {
                    chain.add(leaf);
                }
            }
            case 2 -> chain.insert(0, base64(self.certificate()));
            case 3 -> {
                header.putArray("x5c").add(base64(self.certificate())).add(base64(root));
                header.put("x5t#S256", thumbprint(self.certificate()));
                return resigned("a root that comes along", header, genuine, self);
            }
            case 4 -> header.put("x5t#S256", thumbprint(root));
            case 5 ->
                header.put(
                        "x5t#S256", of(random, "", "AA", header.get("x5t#S256").asString() + "="));
            case 6 ->
                header.putArray("x5c")
                        .add(of(
                                random,
                                "",
                                "AAAA",
                                "not base64!",
                                leaf.substring(4),
                                leaf.replace('+', '-').replace('/', '_').substring(1)));
            default -> header.remove(of(random, "x5c", "x5t#S256", "alg", "typ"));
        }
        return resigned("certificates", header, genuine, key);
    }

    private static ObjectNode headerOf(String genuine) {
        try {
            return (ObjectNode) Wire.tree(
                    Bytes.parse(genuine.substring(0, genuine.indexOf('.'))).array());
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** With the true key over the wrong header: only the header is wrong. */
    private static Spoilt resigned(String how, ObjectNode header, String genuine, SigningKey key) {
        String input = input(header, genuine);
        return signed(how, input, key.signJose(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String mac(ObjectNode header, String genuine, SigningKey key) {
        try {
            String input = input(header, genuine);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.publicKey().getEncoded(), "HmacSHA256"));
            byte[] code = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Bytes.of(code).base64url();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String input(ObjectNode header, String genuine) {
        String payload = genuine.split("\\.")[1];
        return Bytes.of(text(header)).base64url() + "." + payload;
    }

    /** What JCS refuses to write is written as it comes. */
    static byte[] text(ObjectNode header) {
        try {
            return Jcs.bytes(header);
        } catch (IllegalArgumentException beyondJcs) {
            return header.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static Spoilt signed(String how, String input, byte[] signature) {
        return new Spoilt("signature " + how, input + "." + Bytes.of(signature).base64url());
    }

    private static byte[] exchanged(byte[] right) {
        byte[] other = new byte[right.length];
        System.arraycopy(right, HALF, other, 0, HALF);
        System.arraycopy(right, 0, other, HALF, HALF);
        return other;
    }

    private static byte[] der(byte[] right) {
        byte[] der = new byte[6 + 2 + right.length];
        System.arraycopy(new byte[] {0x30, (byte) (right.length + 6), 0x02, HALF + 1, 0}, 0, der, 0, 5);
        System.arraycopy(right, 0, der, 5, HALF);
        System.arraycopy(new byte[] {0x02, HALF}, 0, der, 5 + HALF, 2);
        System.arraycopy(right, HALF, der, 7 + HALF, HALF);
        return der;
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static String thumbprint(X509Certificate certificate) {
        return Digest.sha256(Base64.getDecoder().decode(base64(certificate))).base64url();
    }
}
