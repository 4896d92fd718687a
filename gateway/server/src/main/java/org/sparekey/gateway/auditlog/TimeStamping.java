// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparekey.gateway.auditlog.time.TimeAuthority;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Time-stamps by an authority outside the hoster (RFC 3161): over the newest published checkpoint of each log every hour
 * and at each delivery, and over each manifest. While the authority is away the questions wait; nothing else waits for
 * them. Without a configured authority every question is dropped at once.
 */
public final class TimeStamping {

    /** Longer than a question can take: whoever holds a row longer is dead. */
    static final Duration LEASE =
            TimeAuthority.CONNECT_WITHIN.plus(TimeAuthority.ANSWER_WITHIN).multipliedBy(2);

    private final AuditLog log;
    private final StampTable table;
    private final JdbcClient app;
    private final TransactionTemplate transaction;
    private final Optional<TimeAuthority> authority;
    private final List<X509Certificate> roots;
    private final TimeSettings settings;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Failpoint failpoint;
    private final Arrivals asked = new Arrivals();

    TimeStamping(
            AuditLog log,
            JdbcClient app,
            TransactionTemplate transaction,
            TimeSettings settings,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        this.log = log;
        this.table = new StampTable(app);
        this.app = app;
        this.transaction = transaction;
        this.settings = settings;
        this.roots = settings.certificates();
        this.authority =
                settings.authority().map(url -> new TimeAuthority(url, der(roots), settings.askedPolicy(), random));
        this.clock = clock;
        this.random = random;
        this.failpoint = failpoint;
    }

    /** Whether there is an authority to ask. */
    public boolean configured() {
        return authority.isPresent();
    }

    /** Where the authority is asked. */
    public Optional<URI> location() {
        return settings.authority();
    }

    /** The certificates that tokens must lead to. */
    public List<X509Certificate> certificates() {
        return roots;
    }

    /** What a trust file names: the certificates that tokens lead to, DER. */
    public List<Bytes> roots() {
        return der(roots);
    }

    /** Asks for a time-stamp over a document, in the caller's transaction; its token is entered in the case log. */
    public void ask(Digest document) {
        if (configured() && table.askDocument(document, LogName.CASE, clock.instant())) {
            announce();
        }
    }

    /** Asks for a time-stamp over the newest published checkpoint of a log. @return whether it is a new question */
    public boolean askCheckpoint(LogName of) {
        if (!configured()) {
            return false;
        }
        boolean isNew = published(of)
                .filter(published -> table.askCheckpoint(published.head(), published.note(), of, clock.instant()))
                .isPresent();
        if (isNew) {
            announce();
        }
        return isNew;
    }

    /** Before the commit nobody else would see the question. */
    private void announce() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            asked.announce();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                asked.announce();
            }
        });
    }

    /** The token over these bytes, once it is there. */
    public Optional<StampToken> token(Digest stamped) {
        return table.token(stamped);
    }

    /** The earliest stamped checkpoint whose tree holds the entry. */
    public Optional<StampedCheckpoint> covering(Recorded entry) {
        return table.covering(entry.origin(), entry.index());
    }

    /** The proof of an entry under exactly the checkpoint that was stamped. */
    public LogProof proof(Recorded entry, StampedCheckpoint under) {
        InclusionProof inclusion =
                InclusionProof.make(entry.index(), under.size(), new Tiles(app, under.origin()).nodes(under.size()));
        try {
            return new LogProof(inclusion, SignedNote.parse(under.note()));
        } catch (MalformedException e) {
            throw new IllegalStateException("the stamped checkpoint of " + under.origin(), e);
        }
    }

    /** For the alarms. */
    public TimeState state() {
        StampTable.Waiting waiting = table.waiting();
        Optional<Instant> since =
                Stream.concat(waiting.since().stream(), overdue()).min(Instant::compareTo);
        return new TimeState(configured(), waiting.count(), since, waiting.fault(), waiting.lastToken());
    }

    /** Asks what is due by the hour, then takes one question to the authority. @return whether anything was done */
    public boolean step() {
        return hourly() | answer();
    }

    /** Gives up a question that is under way, and every later one: the process ends. */
    void hangUp() {
        authority.ifPresent(TimeAuthority::hangUp);
    }

    Arrivals asked() {
        return asked;
    }

    /** Two replicas may both ask within the hour: the second finds the checkpoint asked, or asks for a newer one. */
    private boolean hourly() {
        boolean any = false;
        for (LogName of : LogName.values()) {
            Instant due = clock.instant().minus(settings.interval());
            any |= configured() && table.lastAsked(of).filter(due::isBefore).isEmpty() && askCheckpoint(of);
        }
        return any;
    }

    private boolean answer() {
        if (authority.isEmpty()) {
            return false;
        }
        Optional<StampRow> claimed = table.claim(clock.instant(), LEASE);
        claimed.ifPresent(row -> answer(row, authority.get()));
        return claimed.isPresent();
    }

    private void answer(StampRow row, TimeAuthority of) {
        // A crash here or while asking leaves a lease that runs out; at worst the authority is asked twice.
        failpoint.reached("time.claimed");
        switch (of.stamp(row.digest())) {
            case TimeAuthority.Given given
            when StampDecisions.tooEarly(row.askedAt(), given.stamp().time()) -> failed(row, "CLOCK_DIFFERS");
            case TimeAuthority.Given given -> {
                failpoint.reached("time.answered");
                transaction.executeWithoutResult(status -> store(row, given));
                failpoint.reached("time.stored");
            }
            case TimeAuthority.Failed(String code) -> failed(row, code);
        }
    }

    private void failed(StampRow row, String code) {
        table.failed(row, code, StampDecisions.retryAt(clock.instant(), row.failures() + 1));
    }

    /** Token and entry in one commit; of two workers the one whose lease still holds. */
    private void store(StampRow row, TimeAuthority.Given given) {
        if (table.stamped(row)) {
            Pending entry = log.append(statement(row, given));
            table.store(row, given, entry.leafHash(), clock.instant());
        }
        failpoint.reached("time.storing");
    }

    private Statement statement(StampRow row, TimeAuthority.Given given) {
        byte[] salt = new byte[StampRecord.SALT_BYTES];
        random.nextBytes(salt);
        StampRecord stored = new StampRecord(
                1,
                StampRecord.TYPE,
                row.what(),
                row.tree().map(StampRow.Tree::origin),
                row.tree().map(StampRow.Tree::size),
                row.digest(),
                Digest.sha256(given.reply()),
                given.stamp().time().truncatedTo(ChronoUnit.MILLIS),
                Bytes.of(salt));
        return new Statement(
                row.log(),
                StampRecord.ENTRY,
                Actor.GATEWAY,
                Optional.empty(),
                Optional.empty(),
                Map.of("what", row.what()),
                Wire.write(stored));
    }

    /** Logs whose newest checkpoint nobody asked about in time: whoever should ask does not run. */
    private Stream<Instant> overdue() {
        return configured()
                ? Stream.of(LogName.values())
                        .filter(of -> published(of)
                                .filter(published -> !table.isAsked(Digest.sha256(published.note())))
                                .isPresent())
                        .flatMap(of -> table.lastAsked(of).stream())
                        .map(last -> last.plus(settings.interval()))
                : Stream.empty();
    }

    /** A checkpoint file that the log's key did not sign is not ours to stamp. */
    private Optional<Published> published(LogName of) {
        return log.checkpoint(of).flatMap(note -> {
            try {
                SignedNote signed = SignedNote.parse(note);
                NoteKey key = NoteKey.parse(log.vkey(of));
                return signed.signers(List.of(key)).contains(key)
                        ? Optional.of(new Published(Checkpoint.parse(signed.text()), note))
                        : Optional.empty();
            } catch (MalformedException notACheckpoint) {
                return Optional.empty();
            }
        });
    }

    private record Published(Checkpoint head, byte[] note) {}

    private static List<Bytes> der(List<X509Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> {
                    try {
                        return Bytes.of(certificate.getEncoded());
                    } catch (CertificateEncodingException e) {
                        throw new IllegalStateException("a root of sparekey.time.roots", e);
                    }
                })
                .toList();
    }
}
