// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.sparekey.gateway.registry.Answer;
import org.sparekey.gateway.registry.Located;
import org.sparekey.gateway.registry.Registry;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.order.StopReason;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.registration.Tenancy;

/** The registry's answer, as the law of orders looks at it. */
final class RegistryLocator implements Locator {

    private final Registry registry;
    private final InstantSource clock;

    RegistryLocator(Registry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public Whereabouts locate(Target target, Instant orderReceivedAt) {
        return switch (registry.locate(target, target.observedAt(), clock.instant(), orderReceivedAt)) {
            case Located.Found found ->
                whereabouts(
                        found.answer(),
                        Optional.of(found.asset()),
                        Optional.empty(),
                        found.tenancy() == Tenancy.SHARED || found.reviewBeforeCapture());
            case Located.TenancyChanged(Answer answer) -> stopped(answer, StopReason.TENANCY_CHANGED);
            case Located.Ambiguous(Answer answer) -> stopped(answer, StopReason.AMBIGUOUS);
            case Located.Unknown(Answer answer) -> stopped(answer, StopReason.UNKNOWN);
            case Located.NotMatched notMatched -> stopped(notMatched.answer(), StopReason.NOT_MATCHED);
        };
    }

    private static Whereabouts stopped(Answer answer, StopReason reason) {
        return whereabouts(answer, Optional.empty(), Optional.of(reason), false);
    }

    private static Whereabouts whereabouts(
            Answer answer, Optional<LocatedAsset> asset, Optional<StopReason> stop, boolean filterOnly) {
        return new Whereabouts(
                asset,
                answer.grade(),
                answer.partyOfRecord(),
                answer.since(),
                answer.until(),
                answer.nextInChain(),
                Optional.of(answer.chain()).filter(hands -> !hands.isEmpty()),
                stop,
                filterOnly);
    }
}
