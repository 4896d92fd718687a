// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.ValidatorDocument;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.sparekey.tool.Sparekey;

/** What was ordered by word of mouth is confirmed with the judge who is named, or not at all. */
class ConfirmCommandTest {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int PENDING = 8;
    private static final int INCOMPLETE = 10;

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();
    private final StringWriter err = new StringWriter();
    private StringWriter out = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void a_confirmation_that_names_a_judge_goes_with_his_document_and_not_without() throws Exception {
        OrderStatus oral = submitted("NL-126ni", "--urgency", "ORAL", "--category", "CONTENT");
        Path confirmation = directory.resolve("confirmation.jws");
        String[] named = {
            oral.orderId(), "--validator-authority", Cast.COURT, "--validator-reference", "RC-2026-9", "--save"
        };
        assertThat(as(cast.prosecutor(), "confirm", oral.orderId(), "--validator-reference", "RC-2026-9"))
                .as("of which court, and kept where")
                .isEqualTo(INCOMPLETE);
        List<String> words = new ArrayList<>(List.of(named));
        words.add(confirmation.toString());
        assertThat(as(cast.prosecutor(), "confirm", words.toArray(String[]::new)))
                .as(err::toString)
                .isEqualTo(OK);
        assertThat(status(oral).state()).as("nothing was sent").isEqualTo("oral");
        SignedDocument signed = SignedDocument.parse(Files.readString(confirmation));
        Path authorisation = Files.writeString(directory.resolve("rc.jws"), authorisation(signed));

        assertThat(as(
                        cast.prosecutor(),
                        "submit",
                        confirmation.toString(),
                        "--validator",
                        authorisation.toString(),
                        "--json"))
                .as(err::toString)
                .isEqualTo(OK);

        assertThat(printed().state()).isEqualTo("applied");
        assertThat(status(oral).state()).isNotEqualTo("oral");
    }

    @Test
    void a_judge_who_need_not_be_named_and_is_not_proven_refuses_the_order() throws Exception {
        OrderStatus oral = submitted("NL-126ni", "--urgency", "ORAL", "--category", "CONTENT");
        Path confirmation = directory.resolve("unproven.jws");
        assertThat(as(
                        cast.prosecutor(),
                        "confirm",
                        oral.orderId(),
                        "--validator-authority",
                        Cast.COURT,
                        "--validator-reference",
                        "RC-2026-9",
                        "--save",
                        confirmation.toString()))
                .isEqualTo(OK);

        assertThat(as(cast.prosecutor(), "submit", confirmation.toString())).isEqualTo(FAILED);

        assertThat(out.toString()).contains("VALIDATOR_ABSENT");
        assertThat(status(oral).state()).isEqualTo("oral");
    }

    private String authorisation(SignedDocument order) throws Exception {
        Instant now = gateway.bean(InstantSource.class).instant().truncatedTo(ChronoUnit.MILLIS);
        ValidatorDocument said = new ValidatorDocument(
                1, ValidatorDocument.TYPE, order.digest(), "JUDGE", "RC-2026-9", now, Bytes.of(new byte[32]));
        return SignedDocument.sign(
                        ValidatorDocument.TYPE, Wire.write(said), cast.judge().document(), now)
                .compact();
    }

    private OrderStatus submitted(String basis, String... more) throws Exception {
        Path order = Files.createTempDirectory(directory, "order").resolve("order.json");
        Path signed = order.resolveSibling("order.jws");
        assertThat(write(cast.prosecutor(), order, basis, more))
                .as(() -> out.toString() + err)
                .isEqualTo(OK);
        assertThat(as(cast.prosecutor(), "sign", order.toString(), "--out", signed.toString()))
                .as(() -> out.toString() + err)
                .isEqualTo(OK);
        assertThat(as(cast.prosecutor(), "submit", signed.toString(), "--json"))
                .as(() -> out.toString() + err)
                .isEqualTo(PENDING);
        return printed();
    }

    private int write(Actor actor, Path file, String basis, String... more) {
        List<String> words = new ArrayList<>(List.of("--basis", basis));
        words.addAll(List.of("--authority", Cast.AUTHORITY, "--person", actor.person()));
        words.addAll(List.of("--addressee", "Voorbeeld Hosting B.V.", "--deliver-to", Cast.CASE_TEAM));
        words.addAll(List.of("--target", "203.0.113.9", "--seen", "2026-11-01T14:03:11.000Z"));
        words.addAll(List.of("--case-ref", "ZEESTER-1", "--out", file.toString()));
        words.addAll(Arrays.asList(more));
        return as(actor, "new", words.toArray(String[]::new));
    }

    private OrderStatus status(OrderStatus order) throws MalformedException {
        as(cast.prosecutor(), "status", order.orderId(), "--json");
        return printed();
    }

    private OrderStatus printed() throws MalformedException {
        return Wire.read(out.toString().strip().getBytes(StandardCharsets.UTF_8), OrderStatus.class);
    }

    private int as(Actor actor, String command, String... more) {
        List<String> words = new ArrayList<>(List.of("order", command, "--config", config(actor)));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private String config(Actor actor) {
        return gateway.world().home(actor).resolve(ChannelConfiguration.FILE).toString();
    }

    private int run(String... words) {
        out = new StringWriter();
        return Sparekey.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }
}
