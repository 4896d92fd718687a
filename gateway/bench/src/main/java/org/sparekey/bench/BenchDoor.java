// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.time.InstantSource;
import org.sparekey.gateway.registry.Registry;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Target;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Two calls that only a gateway under measurement has, behind the same connection, token and signatures as every other:
 * one gives back what it gets, the other locates a target.
 */
@RestController
class BenchDoor {

    static final String ECHO = "/v1/bench/echo";
    static final String LOOKUP = "/v1/bench/lookup";

    private final Registry registry;
    private final InstantSource clock;

    BenchDoor(Registry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    @PostMapping(path = ECHO, produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] echo(@RequestBody byte[] body) throws MalformedException {
        return Wire.write(Wire.read(body, Target.class));
    }

    @PostMapping(path = LOOKUP, produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] lookup(@RequestBody byte[] body) throws MalformedException {
        Target target = Wire.read(body, Target.class);
        return Wire.write(registry.locate(target, target.observedAt(), clock.instant(), clock.instant())
                .answer());
    }
}
