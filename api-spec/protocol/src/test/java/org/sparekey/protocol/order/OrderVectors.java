// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;

/** Writes the vectors; run by hand, once for each version of the format, because the signatures in them are random. */
final class OrderVectors {

    /**
     * An order and what the law says to it.
     *
     * @param order JCS text of the order
     * @param validation ABSENT, UNPROVEN, or authority, person and role of whoever is proven to have authorised it
     */
    record LawVector(String name, String order, String validation, Instant signedAt, Instant at, String expected) {}

    /** A compact JWS; {@code expected} is GOOD, MALFORMED or SIGNATURE_INVALID under its own leaf's key. */
    record DocumentVector(String name, String jws, String expected) {}

    private static final Instant NOW = SampleOrder.NOW;
    private static final Validation JUDGE = new Validation.Proven("rechtbank-voorbeeld", "r-1", "JUDGE");

    private OrderVectors() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        write(directory.resolve("law.json"), law());
        write(directory.resolve("documents.json"), documents());
    }

    private static List<Object> law() {
        List<Object> all = new ArrayList<>();
        all.add(law("an address under 126na", SampleOrder.identity(), new Validation.Absent(), NOW));
        all.add(law("a disk under 126ng(2) with the judge", SampleOrder.snapshot(), JUDGE, NOW));
        all.add(law("a disk with a judge not yet proven", SampleOrder.snapshot(), new Validation.Unproven(), NOW));
        all.add(law("a disk with a judge who is only named", SampleOrder.snapshot(), new Validation.Absent(), NOW));
        all.add(law("freezing under 126ni", SampleOrder.preservation(), new Validation.Absent(), NOW));
        all.add(law(
                "freezing by word of mouth",
                SampleOrder.preservation().urgency(Urgency.ORAL),
                new Validation.Absent(),
                NOW));
        SampleOrder traffic = SampleOrder.snapshot().on("NL-126n").kind(OrderKind.PRODUCTION_TRAFFIC);
        all.add(law("traffic under 126n", traffic.categories(Category.TRAFFIC), JUDGE, NOW));
        SampleOrder takeDown = SampleOrder.snapshot().on("NL-125p").kind(OrderKind.TAKE_DOWN);
        all.add(law("a take-down under 125p", takeDown, JUDGE, NOW));
        SampleOrder exists =
                SampleOrder.identity().kind(OrderKind.EXISTENCE_CHECK).categories(Category.EXISTENCE);
        all.add(law("whether anything is known of an address", exists, new Validation.Absent(), NOW));
        Matrix.packaged().rows().stream()
                .filter(row -> row.refusedAs().isPresent())
                .forEach(row -> all.add(
                        law("not here: " + row.id(), SampleOrder.snapshot().on(row.id()), JUDGE, NOW)));
        all.add(law("signed in the future", SampleOrder.identity(), new Validation.Absent(), NOW.plusSeconds(301)));
        OrderCheckTest.spoiled().forEach(arguments -> {
            SampleOrder order = (SampleOrder) arguments.get()[1];
            all.add(law("spoiled " + all.size() + ": " + arguments.get()[0], order, JUDGE, NOW));
        });
        SampleOrder withdrawal = SampleOrder.identity().kind(OrderKind.WITHDRAWAL);
        all.add(law("a withdrawal rests on no row", withdrawal, new Validation.Absent(), NOW));
        all.add(law("a clarification too", withdrawal.kind(OrderKind.CLARIFICATION), new Validation.Absent(), NOW));
        all.add(measured("a take-down that says isolate", takeDown, Measure.ISOLATE_GUEST, JUDGE));
        all.add(measured("a take-down that says copy", takeDown, Measure.SECURED_COPY, JUDGE));
        SampleOrder freeze = SampleOrder.preservation().categories(Category.CONTENT);
        all.add(measured("a freezing that says copy", freeze, Measure.SECURED_COPY, new Validation.Absent()));
        all.add(measured("a freezing that says isolate", freeze, Measure.ISOLATE_GUEST, new Validation.Absent()));
        all.add(measured("a disk, and isolate", SampleOrder.snapshot(), Measure.ISOLATE_GUEST, JUDGE));
        all.add(measured("who it was, and isolate", SampleOrder.identity(), Measure.ISOLATE_GUEST, JUDGE));
        return all;
    }

    private static LawVector measured(String name, SampleOrder sample, Measure measure, Validation validation) {
        OrderDocument order = sample.document();
        Scope scope = order.scope();
        return law(
                name,
                new OrderDocument(
                        order.v(),
                        order.type(),
                        order.id(),
                        order.kind(),
                        order.addressee(),
                        order.legalBasis(),
                        order.issuer(),
                        order.validator(),
                        order.caseRef(),
                        order.target(),
                        new Scope(
                                scope.categories(),
                                scope.from(),
                                scope.to(),
                                scope.exclusions(),
                                scope.captureMemory(),
                                Optional.of(measure)),
                        order.urgency(),
                        order.deadline(),
                        order.secrecy(),
                        order.deliverTo(),
                        order.parentOrder(),
                        order.documents(),
                        order.salt()),
                validation,
                NOW);
    }

    private static LawVector law(String name, SampleOrder order, Validation validation, Instant signedAt) {
        return law(name, order.document(), validation, signedAt);
    }

    private static LawVector law(String name, OrderDocument order, Validation validation, Instant signedAt) {
        OrderCheck.Facts facts = new OrderCheck.Facts(Optional.of(SampleOrder.HERE), validation, signedAt, NOW);
        String expected =
                OrderCheck.judge(order, Matrix.packaged(), facts).overall().toString();
        String said = validation.match(
                () -> "ABSENT", () -> "UNPROVEN", who -> who.authority() + " " + who.person() + " " + who.role());
        return new LawVector(
                name, new String(Wire.write(order), StandardCharsets.UTF_8), said, signedAt, NOW, expected);
    }

    private static List<Object> documents() {
        byte[] order = Wire.write(SampleOrder.identity().document());
        String good = SignedDocument.sign(OrderDocument.TYPE, order, TestKeys.p256(), NOW)
                .compact();
        String[] parts = good.split("\\.");
        List<Object> all = new ArrayList<>();
        all.add(new DocumentVector("an order signed with P-256", good, "GOOD"));
        for (SigningKey key : List.of(TestKeys.p384(), TestKeys.rsa(3072), TestKeys.ed25519())) {
            String jws =
                    SignedDocument.sign(OrderDocument.TYPE, order, key, NOW).compact();
            all.add(new DocumentVector("an order signed with " + key.algorithm(), jws, "GOOD"));
        }
        byte[] other = Wire.write(
                SampleOrder.identity().deadline(NOW.plusSeconds(86_401)).document());
        String altered = parts[0] + "." + Bytes.of(other).base64url() + "." + parts[2];
        all.add(new DocumentVector("another deadline under the same signature", altered, "SIGNATURE_INVALID"));
        all.add(header(parts, "alg none", "\"alg\":\"ES256\"", "\"alg\":\"none\""));
        all.add(header(parts, "alg HS256", "\"alg\":\"ES256\"", "\"alg\":\"HS256\""));
        all.add(header(parts, "an embedded key", "{\"alg\"", "{\"jwk\":{},\"alg\""));
        all.add(header(parts, "a key to be fetched", "{\"alg\"", "{\"jku\":\"https://evil.example\",\"alg\""));
        all.add(header(parts, "a critical member", "\"alg\":\"ES256\",", "\"alg\":\"ES256\",\"crit\":[\"b64\"],"));
        all.add(new DocumentVector("no signature", parts[0] + "." + parts[1] + ".", "SIGNATURE_INVALID"));
        all.add(new DocumentVector("two parts", parts[0] + "." + parts[1], "MALFORMED"));
        all.add(new DocumentVector("padding", parts[0] + "=." + parts[1] + "." + parts[2], "MALFORMED"));
        return all;
    }

    private static DocumentVector header(String[] parts, String name, String from, String to) {
        String header = new String(Bytes.parse(parts[0]).array(), StandardCharsets.UTF_8).replace(from, to);
        String encoded = Bytes.of(header.getBytes(StandardCharsets.UTF_8)).base64url();
        return new DocumentVector(name, encoded + "." + parts[1] + "." + parts[2], "MALFORMED");
    }

    /** One vector a line. */
    static void write(Path file, List<Object> vectors) throws IOException {
        Files.writeString(
                file,
                vectors.stream()
                        .map(vector -> new String(Wire.write(vector), StandardCharsets.UTF_8))
                        .collect(Collectors.joining(",\n", "[\n", "\n]\n")));
    }
}
