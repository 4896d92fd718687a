// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.capture.Guest;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.Measure;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OfficerRecord.Means;
import org.sparekey.protocol.order.OfficerRecord.What;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.Secrecy;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.tsa.TestTsa;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.World;

/** This room's fixture for the tests of the rooms behind it: everything up to two officers' yes. */
public final class OrdersStage implements AutoCloseable {

    private final OrdersFixture fixture;

    public OrdersStage() {
        this(Map.of());
    }

    /** @param settings beyond the usual ones */
    public OrdersStage(Map<String, String> settings) {
        this(OrdersFixture.with(settings));
    }

    private OrdersStage(OrdersFixture fixture) {
        this.fixture = fixture;
    }

    /** A world of its own: for those who revoke. */
    public static OrdersStage breakable() {
        return new OrdersStage(OrdersFixture.breakable());
    }

    @Override
    public void close() {
        fixture.close();
    }

    public void suspend(String authority) {
        fixture.orders.suspendAuthority(officer(1), authority);
    }

    /** Its authority's revocation list says so from now on. */
    public void revoke(TestCa ca, Actor actor) {
        ca.revoke(actor.document().certificate());
        pass(Duration.ofSeconds(1));
        world().publishRevocations();
    }

    public World world() {
        return fixture.world;
    }

    public TestTsa tsa() {
        return fixture.tsa;
    }

    public Orders orders() {
        return fixture.orders;
    }

    public Delegations delegations() {
        return fixture.delegations();
    }

    /** A room below, by its facade. */
    public <T> T bean(Class<T> type) {
        return fixture.bean(type);
    }

    public Instant now() {
        return fixture.now();
    }

    public void pass(Duration time) {
        fixture.pass(time);
    }

    /** The address of this guest from now on, as an order names it. */
    public String machine(Guest guest) {
        String address = OrdersFixture.address();
        UUID uuid = guest.uuid();
        fixture.places.put(address, OrdersFixture.found(uuid, "tenant-1", Grade.CERTAIN));
        show(guest);
        return address;
    }

    /** What the hypervisor says of a guest from now on. */
    public void show(Guest guest) {
        fixture.guests.put(guest.uuid().toString(), guest);
    }

    public OrderId review(String address) {
        return OrdersFixture.id(fixture.submit(fixture.desk.disk(address, OrdersFixture.SEEN)));
    }

    /** Order and authorisation are signed PDFs. */
    public OrderId reviewOnPdf(String address) {
        return OrdersFixture.id(fixture.submit(fixture.desk.onPdf(fixture.desk.content(address, OrdersFixture.SEEN))));
    }

    /** The kill-switch of the authority whose orders these are. */
    public void suspend() {
        orders().suspendAuthority(officer(1), Cast.AUTHORITY);
    }

    public void approve(int officer, OrderId id, Decision decision) {
        fixture.desks.approve(officer, id, decision);
    }

    public OrderId approved(String address) {
        OrderId id = review(address);
        approve(1, id, Decision.RELEASE);
        approve(2, id, Decision.RELEASE);
        return id;
    }

    /** Frozen by a copy, as soon as two officers say secure. */
    public OrderId frozen(String address) {
        OrderDocument content = fixture.desk.content(address, OrdersFixture.SEEN);
        Scope scope = content.scope();
        OrderDocument freeze = new Altered(content)
                .kind(OrderKind.PRESERVATION)
                .basis("NL-126ni")
                .validator(Optional.empty())
                .scope(new Scope(
                        scope.categories(),
                        scope.from(),
                        scope.to(),
                        scope.exclusions(),
                        false,
                        Optional.of(Measure.SECURED_COPY)))
                .document();
        return OrdersFixture.id(
                fixture.submit(fixture.desk.unvalidated(freeze, world().cast().prosecutor())));
    }

    /** An order for the contents that names a freezing. */
    public OrderId producing(String address, OrderId frozen) {
        return OrdersFixture.id(
                fixture.submit(fixture.desk.validated(new Altered(fixture.desk.content(address, OrdersFixture.SEEN))
                        .parent(orders().status(frozen).id())
                        .document())));
    }

    /** Approved by two, and it says that the guest may go off the net where nothing less helps. */
    public OrderId takeDown(String address) {
        OrderId id = reviewTakeDown(address);
        approve(1, id, Decision.RELEASE);
        approve(2, id, Decision.RELEASE);
        return id;
    }

    private OrderId reviewTakeDown(String address) {
        OrderDocument content = fixture.desk.content(address, OrdersFixture.SEEN);
        Scope scope = content.scope();
        return OrdersFixture.id(fixture.submit(fixture.desk.validated(new Altered(content)
                .kind(OrderKind.TAKE_DOWN)
                .basis("NL-125p")
                .secrecy(new Secrecy("OPEN", Optional.empty(), true))
                .scope(new Scope(
                        scope.categories(),
                        scope.from(),
                        scope.to(),
                        scope.exclusions(),
                        false,
                        Optional.of(Measure.ISOLATE_GUEST)))
                .document())));
    }

    /** The lesser means were tried, and did not help. */
    public void lesserMeansFailed(OrderId id) {
        record(id, What.TAKE_DOWN_NOTICE, Means.NOTICE_TO_RESELLER);
        record(id, What.TAKE_DOWN_FAILED, Means.BLOCK_ADDRESS);
    }

    public void record(OrderId id, What what, Means means) {
        OfficerRecord record = new OfficerRecord(
                1,
                OfficerRecord.TYPE,
                what,
                Optional.of(means),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "Done by hand.");
        fixture.orders.record(officer(1), id, Wire.write(record), OrdersFixture.key());
    }

    /** Its issuer's side orders that what was taken down is restored. */
    public void restore(OrderId id, String address) {
        follow(id, address, OrderKind.RESTORE);
    }

    public void withdraw(OrderId id, String address) {
        follow(id, address, OrderKind.WITHDRAWAL);
    }

    private void follow(OrderId id, String address, OrderKind kind) {
        OrderDocument earlier =
                Locating.order(new OrderTable(fixture.jdbc).find(id).orElseThrow());
        fixture.submit(fixture.desk.unvalidated(
                new Altered(fixture.desk.content(address, OrdersFixture.SEEN))
                        .kind(kind)
                        .basis(earlier.legalBasis().id())
                        .validator(Optional.empty())
                        .scope(earlier.scope())
                        .parent(earlier.id())
                        .document(),
                world().cast().prosecutor()));
    }

    /** Others are tenants of that machine from now on. */
    public void share(String address, Guest guest) {
        fixture.places.put(address, OrdersFixture.forFilterOnly(guest.uuid()));
    }

    /** Somebody else has the address from now on. */
    public void move(String address, Guest other) {
        fixture.places.put(address, OrdersFixture.found(other.uuid(), "tenant-2", Grade.CERTAIN));
    }

    public OrderId identity(String address) {
        return OrdersFixture.id(fixture.submit(fixture.desk.whoHad(address, OrdersFixture.SEEN)));
    }

    public Caller investigator() {
        return fixture.investigator();
    }

    public Caller stranger() {
        return fixture.stranger();
    }

    public Caller officer(int number) {
        return fixture.officer(number);
    }

    /** Types of the case's recorded entries in their order, the chain between them checked. */
    public List<String> entries(OrderId id) {
        return fixture.entries(id);
    }
}
