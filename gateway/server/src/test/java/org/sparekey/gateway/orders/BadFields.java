// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.sparekey.gateway.orders.Picks.of;

import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.OrderCheck;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One wrong field in an order that stays canonical JSON. */
final class BadFields {

    private static final List<String> MANDATORY = List.of(
            "v",
            "type",
            "id",
            "kind",
            "addressee",
            "legalBasis",
            "issuer",
            "caseRef",
            "target",
            "scope",
            "urgency",
            "deadline",
            "secrecy",
            "deliverTo",
            "documents",
            "salt");

    private final ObjectNode tree;
    private final OrderDocument order;
    private final Instant now;

    BadFields(ObjectNode tree, OrderDocument order, Instant now) {
        this.tree = tree;
        this.order = order;
        this.now = now;
    }

    /** Changes the tree. @return what was done */
    String spoil(SplittableRandom random) {
        return switch (random.nextInt(18)) {
            case 0 -> put("addressee", "gatewayOrigin", otherOrigin(random));
            case 1 ->
                put("addressee", "legalEntity", otherText(order.addressee().legalEntity(), random));
            case 2 -> put("legalBasis", "id", otherBasis(random));
            case 3 -> put("legalBasis", "version", of(random, "2026-11-22", "", "latest", "2026-11-23 ", "２０２６-11-23"));
            case 4 -> top("kind", otherKind(random));
            case 5 -> put("issuer", "role", otherRole(random));
            case 6 ->
                put(
                        "issuer",
                        of(random, "person", "authority"),
                        otherText(order.issuer().person(), random));
            case 7 -> target(random);
            case 8 -> window(random);
            case 9 -> categories(random);
            case 10 -> scope(random);
            case 11 -> top("deadline", deadline(random));
            case 12 -> top("urgency", urgency(random));
            case 13 -> secrecy(random);
            case 14 -> documents(random);
            case 15 -> plain(random);
            case 16 -> member(random);
            default -> validator(random);
        };
    }

    private String put(String object, String field, String value) {
        ((ObjectNode) tree.get(object)).put(field, value);
        return object + "." + field + " " + value;
    }

    private String top(String field, String value) {
        tree.put(field, value);
        return field + " " + value;
    }

    private String otherOrigin(SplittableRandom random) {
        String origin = order.addressee().gatewayOrigin();
        return of(
                random,
                "https://api.elders.example",
                origin + "/",
                origin + "/v1",
                origin + "?",
                origin + " ",
                origin.toUpperCase(java.util.Locale.ROOT),
                origin.replace("https", "http"),
                origin.replace("https://", "https://hoster@"),
                origin.replace("o", "\u043e"),
                origin + "\u200b",
                origin.replace("localhost", "127.0.0.1"),
                origin.replace("localhost", "localhost."),
                "*",
                "");
    }

    /** Looks like it, or does not, and is another. */
    private static String otherText(String text, SplittableRandom random) {
        String other = of(
                random,
                text + " ",
                " " + text,
                text + "\u0000",
                text + "\u200d",
                "\ufeff" + text,
                text.replace('o', '\u043e').replace('p', '\u0440'),
                text.replace("-", "\u2010"),
                Normalizer.normalize(text + "\u00e9", Normalizer.Form.NFD),
                text.toUpperCase(java.util.Locale.ROOT) + ".",
                "../" + text,
                "' OR '1'='1",
                "Andere Hosting B.V.",
                "");
        return other.equals(text) ? text + "x" : other;
    }

    private String otherBasis(SplittableRandom random) {
        String own = order.legalBasis().id();
        List<String> rows = Matrix.packaged().rows().stream()
                .map(MatrixRow::id)
                .filter(id -> !id.equals(own))
                .toList();
        return random.nextInt(3) > 0
                ? Picks.one(random, rows)
                : of(random, "", own + " ", own.toLowerCase(java.util.Locale.ROOT), own + "\u0000", "NL-126ng1", "*");
    }

    private String otherKind(SplittableRandom random) {
        List<String> kinds = Stream.concat(
                        Stream.of(OrderKind.values()).map(Enum::name),
                        Stream.of("", "snapshot_copy", "SNAPSHOT_COPY ", "0", "SNAPSHOT-COPY", "__proto__"))
                .filter(kind -> !kind.equals(order.kind().name()))
                .toList();
        return Picks.one(random, kinds);
    }

    private String otherRole(SplittableRandom random) {
        // A judge's role may restore and take down, but nobody here signs as one.
        List<String> roles = Stream.of(
                        "INVESTIGATOR",
                        "PROSECUTOR",
                        "JUDGE",
                        "OFFICER",
                        "SUPERVISOR",
                        "RESELLER",
                        "prosecutor",
                        "",
                        "GATEWAY")
                .filter(role -> !role.equals(order.issuer().role()))
                .toList();
        return Picks.one(random, roles);
    }

    private String target(SplittableRandom random) {
        ObjectNode target = (ObjectNode) tree.get("target");
        return switch (random.nextInt(6)) {
            case 0 ->
                put(
                        "target",
                        "value",
                        of(random, "*", "", " ", "203.0.113.0/24", "*.example", "::/0", "x".repeat(257)));
            case 1 -> put("target", "format", of(random, "", "address", "CIDR", "ANY", "EMAIL"));
            case 2 -> {
                target.put("port", of(random, 0, 65_536, -1, Integer.MAX_VALUE)).put("protocol", "tcp");
                yield "target.port " + target.get("port");
            }
            case 3 -> {
                target.put("port", 443);
                yield "target.port without protocol";
            }
            case 4 -> {
                target.put("protocol", "udp");
                yield "target.protocol without port";
            }
            default -> {
                tree.set("target", tree.arrayNode().add(target.deepCopy()).add(target.deepCopy()));
                yield "two targets";
            }
        };
    }

    private String window(SplittableRandom random) {
        ObjectNode window = (ObjectNode) tree.get("target").get("observedAt");
        return switch (random.nextInt(4)) {
            case 0 -> {
                window.put("to", Wire.text(now.plus(Duration.ofMinutes(6 + random.nextInt(100_000)))));
                yield "target.observedAt ahead";
            }
            case 1 -> {
                window.put("from", Wire.text(order.target().observedAt().to().plusMillis(1 + random.nextInt(10_000))));
                yield "target.observedAt ends before it begins";
            }
            case 2 -> {
                window.put(of(random, "from", "to"), strangeTime(random));
                yield "target.observedAt " + window;
            }
            default -> {
                window.remove(of(random, "from", "to"));
                yield "target.observedAt half";
            }
        };
    }

    private String categories(SplittableRandom random) {
        ArrayNode categories = ((ObjectNode) tree.get("scope")).putArray("categories");
        String own = order.scope().categories().get(0).name();
        switch (random.nextInt(4)) {
            case 0 -> {} // none at all
            case 1 -> categories.add(own).add(own);
            case 2 -> categories.add(own).add(of(random, "DISK", "", own.toLowerCase(java.util.Locale.ROOT), "ALL"));
            default -> categories.add(own).add("EXISTENCE");
        }
        return "scope.categories " + categories;
    }

    private String scope(SplittableRandom random) {
        ObjectNode scope = (ObjectNode) tree.get("scope");
        return switch (random.nextInt(4)) {
            case 0 -> {
                scope.put("captureMemory", true);
                yield "scope.captureMemory";
            }
            case 1 -> {
                scope.put("to", Wire.text(order.scope().from().minusMillis(1 + random.nextInt(1_000_000))));
                yield "scope ends before it begins";
            }
            case 2 -> {
                ArrayNode words = scope.putArray("exclusions");
                for (int i = 0; i <= 20 + random.nextInt(30); i++) {
                    words.add("mail " + i);
                }
                yield "scope.exclusions too many";
            }
            default -> {
                scope.put(of(random, "from", "to"), strangeTime(random));
                yield "scope " + scope;
            }
        };
    }

    private String deadline(SplittableRandom random) {
        Duration span = Duration.ofMillis(random.nextLong(1, 1L << 40));
        return switch (random.nextInt(3)) {
            case 0 -> strangeTime(random);
            case 1 -> Wire.text(now.minus(span));
            default ->
                Wire.text(
                        now.plus(OrderCheck.CLOCK_SKEW).plus(OrderCheck.LONGEST).plus(span));
        };
    }

    private static String strangeTime(SplittableRandom random) {
        return of(
                random,
                "",
                "now",
                "2027-01-31",
                "2027-01-31T12:00:00Z",
                "2027-01-31T12:00:00.000",
                "2027-01-31T12:00:00.000+00:00",
                "2027-01-31T13:00:00.000+01:00",
                "2027-01-31T12:00:00.0000Z",
                "2027-01-31T24:00:00.000Z",
                "2026-12-31T23:59:60.000Z",
                "2027-02-29T12:00:00.000Z",
                "+12027-01-31T12:00:00.000Z",
                "+999999999-12-31T23:59:59.999Z",
                "-999999999-01-01T00:00:00.000Z",
                "２０２７-01-31T12:00:00.000Z",
                "1795953600");
    }

    /** A freezing may be given by word of mouth: that one is spoiled otherwise. */
    private String urgency(SplittableRandom random) {
        boolean oral = order.kind() != OrderKind.PRESERVATION && random.nextBoolean();
        return oral ? "ORAL" : of(random, "", "oral", "URGENT", "IMMEDIATE", "2");
    }

    private String secrecy(SplittableRandom random) {
        ObjectNode secrecy = (ObjectNode) tree.get("secrecy");
        switch (random.nextInt(3)) {
            case 0 -> secrecy.put("mode", of(random, "", "secret", "PUBLIC", "TOP SECRET"));
            case 1 -> secrecy.put("resellerMayKnow", of(random, "false", "0", ""));
            default -> secrecy.put("until", strangeTime(random));
        }
        return "secrecy " + secrecy;
    }

    private String documents(SplittableRandom random) {
        ArrayNode documents = tree.putArray("documents");
        int many = of(random, 1, 2, 11, 200);
        for (int i = 0; i < many; i++) {
            documents.addObject().put("sha256", order.salt().base64url()).put("type", "application/pdf");
        }
        return "documents named and not attached " + many;
    }

    private String plain(SplittableRandom random) {
        String salt = order.salt().base64url();
        return switch (random.nextInt(6)) {
            case 0 ->
                top(
                        "salt",
                        of(
                                random,
                                "",
                                salt + "=",
                                salt.substring(1),
                                salt + "AA",
                                "+" + salt.substring(1),
                                "/" + salt.substring(1)));
            case 1 -> {
                tree.put("v", of(random, 0, 2, -1, Integer.MAX_VALUE));
                yield "v " + tree.get("v");
            }
            case 2 -> top("v", of(random, "1", "", "one"));
            case 3 -> top("type", of(random, "", "Order", "order ", "order-validation", "approval"));
            case 4 ->
                top(
                        "id",
                        of(
                                random,
                                "",
                                "1-1-1-1-1",
                                order.id().toString().toUpperCase(java.util.Locale.ROOT) + "A",
                                "' OR 1=1",
                                "ORD-2222-2222"));
            default -> top("caseRef", of(random, "", " ", "\t", "x".repeat(129), "x".repeat(100_000)));
        };
    }

    private String member(SplittableRandom random) {
        String name = Picks.one(random, MANDATORY);
        return switch (random.nextInt(6)) {
            case 0 -> {
                tree.remove(name);
                yield name + " left out";
            }
            case 1 -> {
                tree.putNull(name);
                yield name + " null";
            }
            case 2 -> {
                tree.put(
                        of(random, "x", "target2", "__proto__", "constructor", "Kind", "kind ", "$ref", "@type"),
                        "more");
                yield "a member more";
            }
            case 3 -> {
                tree.set(name, tree.arrayNode().add(1));
                yield name + " an array";
            }
            case 4 -> {
                tree.set(name, tree.objectNode().put("x", true));
                yield name + " another object";
            }
            default -> {
                tree.putNull(of(random, "validator", "parentOrder"));
                yield "an absent one null";
            }
        };
    }

    private String validator(SplittableRandom random) {
        if (order.validator().isEmpty()) {
            return top("parentOrder", of(random, "", "1-1-1-1-1", "ORD-2222-2222", "*"));
        }
        return switch (random.nextInt(4)) {
            case 0 -> {
                tree.remove("validator");
                yield "validator left out";
            }
            case 1 ->
                put(
                        "validator",
                        "authority",
                        of(random, order.issuer().authority(), "", "politie-elders", "rechtbank"));
            case 2 -> put("validator", "role", of(random, "PROSECUTOR", "judge", "", "SUPERVISOR"));
            default -> put("validator", "reference", otherText("RC 26-0417", random));
        };
    }
}
