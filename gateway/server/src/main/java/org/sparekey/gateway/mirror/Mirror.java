// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.PublishedShard;

/** The copies of the logs in Kafka; none while Kafka is not configured. The logs never wait for them. */
public final class Mirror implements AutoCloseable {

    private final AuditLog log;
    private final Optional<Outlet> kafka;
    private final Map<String, OriginMirror> origins = new ConcurrentSkipListMap<>();

    Mirror(AuditLog log, Optional<Outlet> kafka) {
        this.log = log;
        this.kafka = kafka;
    }

    /** Whether anything is mirrored at all. */
    public boolean on() {
        return kafka.isPresent();
    }

    /** One for each mirrored shard. */
    public List<MirrorFacts> facts() {
        return origins.values().stream().map(OriginMirror::facts).toList();
    }

    /** One batch of each shard. @return whether anything was sent */
    public boolean step() {
        return kafka.map(this::step).orElse(false);
    }

    private boolean step(Outlet outlet) {
        boolean sent = false;
        for (LogName name : LogName.values()) {
            for (PublishedShard shard : log.published(name)) {
                sent |= origins.computeIfAbsent(shard.origin(), _ -> new OriginMirror(name, shard, log, outlet))
                        .step();
            }
        }
        return sent;
    }

    /**
     * An origin's entries as Kafka has them, for a rebuild; the caller compares the root with what was signed.
     *
     * @throws IllegalStateException while Kafka is not configured
     */
    public MirrorCopy copy(String origin) {
        Outlet outlet = kafka.orElseThrow(() -> new IllegalStateException("spring.kafka.bootstrap-servers is not set"));
        return new MirrorCopy(origin, outlet.clients());
    }

    @Override
    public void close() {
        origins.values().forEach(OriginMirror::close);
    }
}
