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
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.json.Wire;

/**
 * What somebody needs who believes nobody: {@code evidence/}, {@code investigator/}, {@code hoster/ca.pem}, {@code
 * order.jws}, {@code approval-1.json}, {@code approval-2.json}, {@code log/registry/}, {@code log/case/}, {@code
 * bundle.zip}, {@code trust.json} and {@code README.md} with the commands.
 */
final class ScepticFolder {

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
        copy(stage.world().trustFile(), directory.resolve("trust.json"));
        Files.writeString(
                directory.resolve("order.jws"), outcome.letter().order().compact(), StandardCharsets.US_ASCII);
        List<Approval> approvals = outcome.approvals();
        for (int i = 0; i < approvals.size(); i++) {
            Files.write(directory.resolve("approval-" + (i + 1) + ".json"), Wire.write(approvals.get(i)));
        }
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
