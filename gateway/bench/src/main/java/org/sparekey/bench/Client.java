// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.channel.Answer;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.ChannelKeys;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.registration.RegistrationBatch;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.World;

/** One reseller's connection: every request signed, every answer's signature verified, its connection kept. */
final class Client implements AutoCloseable {

    private final Actor actor;
    private final Channel channel;
    private final InstantSource clock;
    private final SecureRandom random;
    private long seq;

    private Client(Actor actor, Channel channel, InstantSource clock, SecureRandom random) {
        this.actor = actor;
        this.channel = channel;
        this.clock = clock;
        this.random = random;
    }

    static Client of(World world, Actor actor, InstantSource clock, SecureRandom random)
            throws IOException, MalformedException {
        ChannelConfiguration file =
                ChannelConfiguration.load(world.home(world.cast().reseller()).resolve(ChannelConfiguration.FILE));
        ChannelKeys keys = new ChannelKeys(
                actor.tls(),
                actor.message(),
                Optional.of(actor.document()),
                List.of(world.cast().hosterCa().certificate()),
                List.of(world.gatewayMessage().certificate().getPublicKey()));
        return new Client(actor, Channel.open(file, keys, clock, random), clock, random);
    }

    /** One call, so that what is measured later has its connection. */
    void connect() throws IOException {
        granted(channel.send(Call.get("/v1/registration-head")));
    }

    String party() {
        return actor.party();
    }

    /** A batch in the form it has on the way, the next of this reseller's numbers. */
    record Prepared(String idempotencyKey, byte[] body) {}

    Prepared sign(List<RegistrationRecord> records) throws IOException {
        byte[] salt = new byte[RegistrationRecord.SALT_BYTES];
        random.nextBytes(salt);
        Instant now = clock.instant();
        seq++;
        RegistrationBatch batch =
                RegistrationBatch.sign(actor.party(), seq, records, actor.document(), now, Bytes.of(salt));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        batch.writeTo(body);
        Digest digest = batch.digest();
        return new Prepared(digest.base64url(), body.toByteArray());
    }

    void register(Prepared batch) throws IOException {
        Call call = Call.post("/v1/registrations", Content.of(RegistrationBatch.MEDIA_TYPE, batch.body()))
                .with("idempotency-key", batch.idempotencyKey());
        granted(channel.send(call));
    }

    private static Answer.Granted granted(Answer answer) {
        return answer.match(granted -> granted, refused -> {
            throw new IllegalStateException("refused: " + refused.problem());
        });
    }

    @Override
    public void close() {
        channel.close();
    }
}
