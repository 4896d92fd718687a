// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.LostEntries;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.auditlog.StopReason;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.parties.Bootstrap;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.joint.LogStanding;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.testkit.Database;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Site;
import org.sparekey.testkit.world.World;
import org.sparekey.tool.Sparekey;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A gateway comes up on a database that lost signed entries of {@code case}, and with a stop of {@code registry} that
 * outlasted a rebuild. Two officers close the one and resume the other, as people type it.
 */
class LogCommandTest {

    private static final int OK = 0;
    private static final int NOT_AUTHORISED = 4;
    private static final int CONFLICT = 7;
    private static final int INCOMPLETE = 10;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Database.Access database = Database.shared().fresh();

    @TempDir
    Path directory;

    private World world;

    @BeforeEach
    void aWorld() {
        world = World.create(directory.resolve("world"), Site.free(), InstantSource.system(), new SecureRandom());
    }

    @Test
    void two_officers_close_one_log_and_resume_the_other_by_commands() throws Exception {
        String origin;
        LostEntries entries;
        try (ConfigurableApplicationContext gateway = GatewayFixture.run(world, database, Map.of())) {
            assertThat(gateway.getBean(Bootstrap.class).load(world.parties().bytes()))
                    .isInstanceOf(Bootstrap.Loaded.class);
            settled(gateway);
            origin = gateway.getBean(AuditLog.class).origin(LogName.CASE);
            entries = LostEntries.after(superuser(), origin);
            settled(gateway);
        }
        entries.lose();
        stopRegistry();
        try (ConfigurableApplicationContext gateway = GatewayFixture.run(world, database, Map.of())) {
            AuditLog log = gateway.getBean(AuditLog.class);
            assertThat(log.stopped()).isPresent();
            close(origin, entries.held());
            assertThat(log.origin(LogName.CASE)).isEqualTo(origin + "b");
            resume();
            assertThat(log.stopped()).isEmpty();
            settled(gateway);
            assertThat(standing("case").stoppedShards()).isEmpty();
            assertThat(standing("case").missing()).isEmpty();
        }
    }

    private void close(String origin, long held) throws Exception {
        LogStanding.Missing missing = standing("case").missing().getFirst();
        assertThat(missing.origin()).isEqualTo(origin);
        assertThat(missing.held()).isEqualTo(held).isLessThan(missing.size());
        assertThat(missing.next()).isEqualTo(origin + "b");
        Path file = directory.resolve("closure.json");
        assertThat(make("close", "registry", file))
                .as("nothing of it is missing")
                .isEqualTo(INCOMPLETE);
        assertThat(make("close", "case", file)).as(err::toString).isEqualTo(OK);
        assertThat(sign(officer(0), file)).as(err::toString).isEqualTo(OK);
        assertThat(send("case", file)).as("one officer alone").isEqualTo(NOT_AUTHORISED);
        assertThat(sign(officer(1), file)).as(err::toString).isEqualTo(OK);
        assertThat(out.toString()).contains("a disk burned", missing.root().base64url());
        assertThat(send("case", file)).as(err::toString).isEqualTo(OK);
        assertThat(send("case", file)).as("it is closed").isEqualTo(CONFLICT);
    }

    private void resume() throws Exception {
        LogStanding.Stopped stopped = standing("registry").stoppedShards().getFirst();
        assertThat(stopped.stopped()).isEqualTo(StopReason.RESTORED_BEHIND_LOG.text());
        Path file = directory.resolve("resumption.json");
        assertThat(make("resume", "registry", file)).as(err::toString).isEqualTo(OK);
        for (Actor officer : world.cast().officers()) {
            assertThat(sign(officer, file)).as(err::toString).isEqualTo(OK);
        }
        assertThat(send("registry", file)).as(err::toString).isEqualTo(OK);
        assertThat(send("registry", file)).as("it is not stopped").isEqualTo(CONFLICT);
        Path other = Files.writeString(directory.resolve("other.json"), "{\"statement\":\"e30\",\"proofs\":[]}");
        assertThat(sign(officer(0), other)).as("no such statement is signed").isEqualTo(INCOMPLETE);
    }

    private Actor officer(int number) {
        return world.cast().officers().get(number);
    }

    private int make(String what, String log, Path file) {
        return as(
                officer(0),
                what,
                "--officers",
                "officer-1,officer-2",
                "--explanation",
                "a disk burned",
                "--out",
                file.toString(),
                log);
    }

    private int sign(Actor officer, Path file) {
        return as(officer, "sign", file.toString());
    }

    private int send(String log, Path file) {
        return as(officer(0), "send", log, file.toString());
    }

    private LogStanding standing(String log) throws MalformedException {
        assertThat(as(officer(0), "show", log)).as(err::toString).isEqualTo(OK);
        return Wire.read(out.toString().strip().getBytes(StandardCharsets.UTF_8), LogStanding.class);
    }

    private int as(Actor actor, String command, String... more) {
        List<String> words = new ArrayList<>(List.of("log", command));
        words.addAll(List.of(
                "--config", world.home(actor).resolve(ChannelConfiguration.FILE).toString()));
        words.addAll(List.of(more));
        out.getBuffer().setLength(0);
        return Sparekey.run(new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
    }

    /** An entry in each log that is recorded: with it everything before it. */
    private static void settled(ConfigurableApplicationContext gateway) {
        AuditLog log = gateway.getBean(AuditLog.class);
        for (LogName name : LogName.values()) {
            Statement statement = new Statement(
                    name,
                    "test.noted",
                    org.sparekey.gateway.auditlog.Actor.GATEWAY,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    new byte[1]);
            Pending pending = new TransactionTemplate(gateway.getBean(PlatformTransactionManager.class))
                    .execute(status -> log.append(statement));
            assertThat(log.await(pending.leafHash(), Duration.ofSeconds(30))).isPresent();
        }
    }

    private JdbcClient superuser() {
        return JdbcClient.create(new DriverManagerDataSource(
                database.url(),
                database.superuser().user(),
                database.superuser().password()));
    }

    /** The note that keeps a stop beyond a restart, beside what the guard remembers of the log. */
    private void stopRegistry() throws Exception {
        Path guards = world.directory().resolve("gateway/guard");
        try (Stream<Path> files = Files.list(guards)) {
            Path guard = files.filter(file -> file.getFileName().toString().matches("registry-.*\\.guard"))
                    .findFirst()
                    .orElseThrow();
            Path note = guard.resolveSibling(guard.getFileName().toString().replaceFirst("\\.guard$", ".stopped"));
            Files.writeString(note, StopReason.RESTORED_BEHIND_LOG.text() + "\n");
        }
    }
}
