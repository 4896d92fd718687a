// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

/**
 * A named place where a crash leaves something behind. In production nothing happens there; a test puts its own bean in
 * front and throws, so that everything after this line never was. Names begin with the room: {@code log.sequencing} (in
 * the transaction, before commit), {@code log.sequenced}, {@code log.guarded}, {@code log.signed},
 * {@code log.offering}, {@code log.answered} (on a witness's thread), {@code log.tile-published}, {@code log.tiles-published}, {@code log.checkpoint-published}; the change of shards has
 * {@code log.shard-opened}, {@code log.shard-closing}, {@code log.shard-ended}, {@code log.shard-started} and
 * {@code log.shard-closed}.
 */
@FunctionalInterface
public interface Failpoint {

    void reached(String name);
}
