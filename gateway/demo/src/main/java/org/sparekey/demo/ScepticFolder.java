// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sparekey.protocol.json.Wire;
import org.sparekey.testkit.world.Actor;

/**
 * What somebody needs who believes nobody: {@code evidence/}, {@code investigator/}, {@code hoster/ca.pem}, {@code
 * tsa.pem}, {@code order.jws}, {@code approval-1.json}, {@code approval-2.json}, {@code log/registry/}, {@code log/case/}, {@code
 * bundle.zip}, {@code trust.json} and {@code README.md} with the commands.
 */
final class ScepticFolder {

    /** Beside an officer's keys, where the demo tells the newcomer to keep what he signed. */
    static final String SAVED_APPROVAL = "approval.json";

    private final Stage stage;
    private final Path directory;

    ScepticFolder(Stage stage, Path directory) {
        this.stage = stage;
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** Evidence, investigator and bundle lie there already: the police fetched them. */
    void write(PoliceScene.Outcome outcome) throws IOException {
        Files.createDirectories(directory.resolve("hoster"));
        copy(stage.world().gatewayCa(), directory.resolve("hoster/ca.pem"));
        copy(stage.world().timeRoots(), directory.resolve("tsa.pem"));
        copy(stage.world().trustFile(), directory.resolve("trust.json"));
        Files.writeString(
                directory.resolve("order.jws"), outcome.letter().order().compact(), StandardCharsets.US_ASCII);
        approvals(outcome);
        for (String log : List.of("registry", "case")) {
            copyTree(
                    year(stage.world().logDirectory().resolve(log)),
                    directory.resolve("log").resolve(log));
        }
        try (InputStream readme = ScepticFolder.class.getResourceAsStream("sceptic.md")) {
            if (readme == null) {
                throw new IOException("sceptic.md is not in the demo's jar");
            }
            Files.copy(readme, directory.resolve("README.md"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** As the demo's officers signed them, or as the newcomer saved them with {@code sparekey order approve --save}. */
    private void approvals(PoliceScene.Outcome outcome) throws IOException {
        List<Actor> officers = stage.cast().officers();
        for (int i = 0; i < officers.size(); i++) {
            Path target = directory.resolve("approval-" + (i + 1) + ".json");
            Path saved = stage.world().home(officers.get(i)).resolve(SAVED_APPROVAL);
            if (i < outcome.approvals().size()) {
                Files.write(target, Wire.write(outcome.approvals().get(i)));
            } else if (Files.exists(saved)) {
                copy(saved, target);
            }
        }
    }

    /** The single year that a demo knows. */
    private static Path year(Path log) throws IOException {
        try (Stream<Path> years = Files.list(log)) {
            return years.filter(Files::isDirectory)
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("nothing was published of " + log.getFileName()));
        }
    }

    /** A running log: the checkpoint goes first, so that every tile it needs is there when it has been copied. */
    private static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        copy(from.resolve("checkpoint"), to.resolve("checkpoint"));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                if (!target.endsWith("checkpoint")) {
                    Files.createDirectories(target.resolveSibling(""));
                    copy(file, target);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
