// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.start;

import java.util.ArrayList;
import java.util.List;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.party.Hoster;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** Runs when every bean exists and no listener is open yet; refuses with all reasons at once. */
final class StartCheck implements SmartInitializingSingleton {

    private final GatewaySettings settings;
    private final Keys keys;
    private final Parties parties;
    private final Guarantees.Provable provable;
    private final ApplicationContext context;
    private final ConfigurableEnvironment environment;

    StartCheck(
            GatewaySettings settings,
            Keys keys,
            Parties parties,
            Guarantees.Provable provable,
            ApplicationContext context,
            ConfigurableEnvironment environment) {
        this.settings = settings;
        this.keys = keys;
        this.parties = parties;
        this.provable = provable;
        this.context = context;
        this.environment = environment;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> reasons = new ArrayList<>();
        for (String name : UnknownProperties.in(context, environment)) {
            reasons.add("Nothing reads the setting " + name + ": is it misspelt?");
        }
        parties.hoster()
                .filter(this::differs)
                .ifPresent(hoster -> reasons.add("The signed list of parties is for " + hoster.gatewayOrigin() + " and "
                        + hoster.publicHost() + ", the configuration says otherwise."));
        if (settings.requiredMode() == Mode.PRODUCTION) {
            reasons.addAll(Guarantees.absent(settings, environment, keys, parties, provable));
        }
        if (settings.requiredMode() == Mode.OBSERVE) {
            Guarantees.captureRight(environment).ifPresent(reasons::add);
        }
        if (!reasons.isEmpty()) {
            throw new StartupRefused(reasons);
        }
    }

    private boolean differs(Hoster hoster) {
        return !hoster.gatewayOrigin().equals(settings.origin())
                || !hoster.publicHost().equals(settings.host());
    }
}
