// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.Database;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.Site;
import org.sparekey.testkit.world.World;

/**
 * The demo's hoster with its history and its PostgreSQL in this process, and its gateway in another one that may be
 * killed. After each kill the dead gateway's lease of a minute is over at once, so that nobody waits for it.
 */
final class KillFixture implements AutoCloseable {

    /** Nothing compresses it: a volume too long for the buffers between two processes, so that it can break off. */
    private static final int NOISE_BYTES = 24 << 20;

    private final Path directory;
    private final SecureRandom random = new SecureRandom();
    private final InstantSource real = InstantSource.system();
    private final DemoClock clock = new DemoClock(real, History.LENGTH);
    private final Hoster hoster;
    private final Resellers resellers;
    private final Instant asked;
    private Map<String, String> properties;
    private Child child;
    private People people;
    private Stage stage;

    KillFixture(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        this.hoster = Hoster.open(directory, Site.free(), clock, random);
        makeNoise(disk());
        this.resellers = new Resellers(hoster.world(), clock, random);
        History history = new History(hoster, resellers, clock, real.instant());
        history.write();
        this.asked = history.asked();
        hoster.stop();
        this.properties = hoster.properties();
        start();
    }

    private static void makeNoise(Path disk) throws IOException {
        byte[] noise = new byte[NOISE_BYTES];
        new SplittableRandom(7).nextBytes(noise);
        try (RandomAccessFile end = new RandomAccessFile(disk.toFile(), "rw")) {
            end.seek(end.length() - noise.length);
            end.write(noise);
        }
    }

    World world() {
        return hoster.world();
    }

    Stage stage() {
        return stage;
    }

    Child child() {
        return child;
    }

    Path disk() {
        return directory.resolve("hypervisor").resolve(Fleet.all().getFirst().file());
    }

    PublishedLog log(String name) throws IOException, MalformedException {
        return new PublishedLog(world(), name);
    }

    /** The disk of the suspect, with the judge, up to the officers' table. */
    OrderStatus order() {
        return stage.submissions().submit(stage.cast().prosecutor(), letter());
    }

    OrderDesk.Letter letter() {
        return stage.desk().disk(Fleet.SUSPECT, asked);
    }

    /** What the gateway says of itself on its management listener. */
    String health() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + world().site().managementPort() + "/actuator/health");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    OrderStatus approve(Actor officer, OrderStatus status) {
        Approval approval = stage.submissions().approval(officer, status.orderId(), Decision.RELEASE);
        return Submissions.read(
                stage.people().granted(officer, stage.submissions().approve(status, approval)), OrderStatus.class);
    }

    List<Actor> officers() {
        return stage.cast().officers();
    }

    /** Follows the order until it is available and the log has the entry of it. */
    OrderStatus available(OrderStatus order) throws InterruptedException {
        return new Patience(stage).until(stage.cast().prosecutor(), order.orderId(), "available");
    }

    /** Another gateway on the same database, keys, log, guard and evidence store. */
    void restart() throws IOException, SQLException, InterruptedException {
        people.close();
        endLease();
        start();
    }

    /** The database as it is now, while no gateway runs: what its backup would restore. */
    Database.Access backup() {
        return hoster.database().copy(databaseName());
    }

    private String databaseName() {
        String url = Objects.requireNonNull(properties.get("sparekey.database.url"));
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private void endLease() throws SQLException {
        Database.Access access = hoster.database().named(databaseName());
        try (Connection connection = access.connect(access.superuser());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE orders_order SET lease_until = now() - interval '1 second' WHERE lease_until > now()");
        }
    }

    /** The next start finds this database instead. */
    void restore(Database.Access backup) {
        properties = new HashMap<>(properties);
        properties.putAll(backup.properties());
    }

    private void start() throws IOException, InterruptedException {
        child = Child.start(directory.resolve("child"), properties);
        people = new People(world(), clock, random);
        stage = new Stage(
                new Narrator(new PrintStream(new ByteArrayOutputStream(), true)),
                world(),
                people,
                resellers,
                new Submissions(people, clock, random),
                new OrderDesk(world(), clock, random),
                clock,
                random,
                asked);
    }

    @Override
    public void close() throws IOException {
        people.close();
        resellers.close();
        child.close();
        hoster.close();
    }
}
