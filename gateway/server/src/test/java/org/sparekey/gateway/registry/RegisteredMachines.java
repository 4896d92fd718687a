// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.nio.file.Path;
import java.time.Instant;
import org.sparekey.gateway.Rooms;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.testkit.world.Actor;

/** The rooms up to the registry with invented machines in it, for the tests of rooms that build on it. */
public final class RegisteredMachines implements AutoCloseable {

    public static final Instant BEGIN = Assets.LONG_AGO;

    private final RegistryFixture fixture;
    private long seq;
    private long otherSeq;

    public RegisteredMachines(Path directory) {
        this.fixture = new RegistryFixture(directory);
        fixture.begin();
    }

    public Rooms rooms() {
        return fixture.rooms();
    }

    /** Of the first reseller, with one address. */
    public DeletedAsset machine(int vps) {
        seq++;
        return registered(fixture.reseller(), seq, record(vps));
    }

    /** Of the first reseller, all at once. */
    public void machines(int from, int to) {
        seq++;
        RegistrationRecord[] all = java.util.stream.IntStream.rangeClosed(from, to)
                .mapToObj(RegisteredMachines::record)
                .toArray(RegistrationRecord[]::new);
        fixture.register(fixture.reseller(), seq, all);
    }

    public DeletedAsset anothers(int vps) {
        otherSeq++;
        return registered(
                fixture.otherReseller(), otherSeq, Assets.record(vps, vps, BEGIN, Assets.ip("198.51.100." + vps)));
    }

    public void ends(int vps, Instant at) {
        seq++;
        fixture.register(fixture.reseller(), seq, Assets.end(vps, vps, at));
    }

    /** As a four-column file has it, under another reference: its number and nothing else. */
    public DeletedAsset again(int vps, int newRef, Instant from) {
        seq++;
        RegistrationRecord record = Assets.named(
                Assets.fourColumns(Assets.record(vps, newRef, from, Assets.ip(address(vps)))), Assets.vpsRef(newRef));
        return registered(fixture.reseller(), seq, record);
    }

    /** One on which many customers lie. */
    public DeletedAsset sharedHost(int vps) {
        seq++;
        return registered(fixture.reseller(), seq, Assets.sharedHost(record(vps)));
    }

    /** Its number and nothing else, no address either, from long ago to the day after. */
    public DeletedAsset shadow(int vps, int newRef) {
        RegistrationRecord record =
                Assets.named(Assets.fourColumns(Assets.record(vps, newRef, BEGIN)), Assets.vpsRef(newRef));
        seq++;
        DeletedAsset asset = registered(fixture.reseller(), seq, record);
        RegistrationRecord end = Assets.named(
                Assets.fourColumns(Assets.end(vps, newRef, BEGIN.plus(java.time.Duration.ofDays(1)))),
                Assets.vpsRef(newRef));
        seq++;
        fixture.register(fixture.reseller(), seq, end);
        return asset;
    }

    /** What the hypervisor runs from now on. */
    public void running(int... vps) {
        fixture.at(fixture.rooms().clock().instant().plusSeconds(1));
        fixture.observed(vps);
    }

    public static String address(int vps) {
        return "192.0.2." + vps;
    }

    public static DeletedAsset named(int vps) {
        return asset(record(vps));
    }

    private static RegistrationRecord record(int vps) {
        return Assets.record(vps, vps, BEGIN, Assets.ip(address(vps)));
    }

    private DeletedAsset registered(Actor reseller, long number, RegistrationRecord record) {
        fixture.register(reseller, number, record);
        return asset(record);
    }

    private static DeletedAsset asset(RegistrationRecord record) {
        return new DeletedAsset(record.cluster(), record.uuid(), record.vmId(), java.util.Optional.of(record.vpsRef()));
    }

    @Override
    public void close() {
        fixture.close();
    }
}
