// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Capacity;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.DocumentReference;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.Measure;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.Secrecy;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TargetFormat;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.order.ValidatorReference;
import picocli.CommandLine.Option;

/** What {@code sparekey order new} is told, group by group. */
@NullUnmarked
final class OrderOptions {

    private OrderOptions() {}

    /** Who orders whom. */
    static final class Parties {
        @Option(names = "--authority", required = true, paramLabel = "ID", description = "your authority, as enrolled")
        String authority;

        @Option(names = "--person", required = true, paramLabel = "NUMBER", description = "your number, as enrolled")
        String person;

        @Option(names = "--role", paramLabel = "ROLE", description = "default: the role that the basis asks for")
        String role;

        @Option(names = "--country", defaultValue = "NL", description = "default: ${DEFAULT-VALUE}")
        String country;

        @Option(
                names = "--addressee",
                required = true,
                paramLabel = "NAME",
                description = "the hoster's name in the commercial register")
        String addressee;

        @Option(names = "--capacity", defaultValue = "PROCESSOR", description = "default: ${DEFAULT-VALUE}")
        Capacity capacity;

        @Option(
                names = "--gateway",
                paramLabel = "ORIGIN",
                description = "https origin of the hoster's gateway (default: the configuration's)")
        String gateway;

        Issuer issuer(Optional<MatrixRow> row) throws MalformedException {
            List<String> may = row.map(MatrixRow::issuerRoles).orElse(List.of());
            if (role == null && may.size() != 1) {
                throw new MalformedException("", "say --role: " + String.join(", ", may));
            }
            return new Issuer(authority, person, role == null ? may.get(0) : role.toUpperCase(Locale.ROOT), country);
        }
    }

    /** What it is about. */
    static final class About {
        @Option(
                names = "--target",
                required = true,
                paramLabel = "VALUE",
                description = "an address, or what --format says; exactly one thing")
        String value;

        @Option(names = "--format", defaultValue = "ADDRESS", description = "${COMPLETION-CANDIDATES}")
        TargetFormat format;

        @Option(names = "--port", description = "where the address is shared; with --protocol")
        Integer port;

        @Option(names = "--protocol", paramLabel = "tcp|udp", description = "with --port")
        String protocol;

        @Option(names = "--seen", required = true, paramLabel = "INSTANT", description = "when it was seen, in UTC")
        Instant seen;

        @Option(names = "--seen-until", paramLabel = "INSTANT", description = "end of that window (default: --seen)")
        Instant seenUntil;

        @Option(names = "--category", split = ",", description = "default: the one that basis and kind reach")
        List<Category> categories = List.of();

        @Option(names = "--from", paramLabel = "INSTANT", description = "of the period ordered (default: --seen)")
        Instant from;

        @Option(names = "--to", paramLabel = "INSTANT", description = "of the period ordered (default: now)")
        Instant to;

        @Option(names = "--exclude", paramLabel = "WORDS", description = "what is left out, for an officer to read")
        List<String> exclusions = List.of();

        @Option(
                names = "--measure",
                description = "what is done beyond the usual, where basis and kind let it: ${COMPLETION-CANDIDATES}")
        Measure measure;

        @Option(names = "--memory", description = "also the machine's memory; never implied")
        boolean memory;

        Target target() throws MalformedException {
            try {
                TimeWindow window = new TimeWindow(seen, seenUntil == null ? seen : seenUntil);
                return new Target(format, value, Optional.ofNullable(protocol), Optional.ofNullable(port), window);
            } catch (IllegalArgumentException e) {
                throw new MalformedException("", "--target: " + e.getMessage());
            }
        }

        /** @param reached what basis and kind reach: the default where that is one category */
        Scope scope(List<Category> reached, Instant now) throws MalformedException {
            if (categories.isEmpty() && reached.size() > 1) {
                throw new MalformedException("", "say --category: one or more of " + reached);
            }
            List<Category> named = categories.isEmpty() ? reached : categories;
            try {
                return new Scope(
                        named,
                        from == null ? seen : from,
                        to == null ? now : to,
                        exclusions,
                        memory,
                        Optional.ofNullable(measure));
            } catch (IllegalArgumentException e) {
                throw new MalformedException("", "--category, --from, --to, --exclude: " + e.getMessage());
            }
        }
    }

    /** The judge whose prior authorisation some bases need; his document goes along at submission. */
    static final class Authorised {
        @Option(names = "--validator-authority", paramLabel = "ID", description = "the judge's court, as enrolled")
        String authority;

        @Option(names = "--validator-reference", paramLabel = "TEXT", description = "of the authorisation")
        String reference;

        @Option(names = "--validator-role", paramLabel = "ROLE", description = "default: what the basis asks for")
        String role;

        @Option(names = "--validator-at", paramLabel = "INSTANT", description = "when he decided (default: now)")
        Instant at;

        Optional<ValidatorReference> named(Optional<MatrixRow> row, Instant now) throws MalformedException {
            if (authority == null && reference == null) {
                return Optional.empty();
            }
            if (authority == null || reference == null) {
                throw new MalformedException("", "--validator-authority and --validator-reference go together");
            }
            String office = role == null
                    ? row.flatMap(MatrixRow::validatorRole).orElse("JUDGE")
                    : role.toUpperCase(Locale.ROOT);
            return Optional.of(new ValidatorReference(authority, office, reference, at == null ? now : at));
        }
    }

    /** Who may know of it, and until when. */
    static final class Silence {
        @Option(names = "--open", description = "no duty of secrecy (default: secret)")
        boolean open;

        @Option(names = "--secret-until", paramLabel = "INSTANT", description = "when secrecy ends, where you say so")
        Instant until;

        @Option(names = "--reseller-may-know", description = "the reseller may be told (default: nobody is)")
        boolean resellerMayKnow;

        Secrecy secrecy() {
            return new Secrecy(open ? "OPEN" : "SECRET", Optional.ofNullable(until), resellerMayKnow);
        }
    }

    /** Documents by digest; the media type by the file's name. */
    static List<DocumentReference> documents(List<Path> files) throws IOException {
        List<DocumentReference> named = new ArrayList<>();
        for (Path file : files) {
            named.add(new DocumentReference(Digest.sha256(Files.readAllBytes(file)), mediaType(file)));
        }
        return named;
    }

    private static String mediaType(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".pdf")) {
            return "application/pdf";
        }
        return name.endsWith(".txt") ? "text/plain" : "application/octet-stream";
    }
}
