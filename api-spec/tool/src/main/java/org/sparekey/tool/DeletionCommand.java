// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.deletion.BulkList;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.deletion.DeletionList;
import org.sparekey.protocol.deletion.DeletionPermit;
import org.sparekey.protocol.deletion.DeletionQuestion;
import org.sparekey.protocol.deletion.DeletionReport;
import org.sparekey.protocol.deletion.DeletionRequest;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.joint.BulkDeletion;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OfficersStatement;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What a terminate hook and the hoster's delete path say and ask: a machine is terminated; may its disk go now; what was done.
 * Two officers let a bulk through over one file that goes from hand to hand.
 */
@NullUnmarked
@Command(
        name = "deletion",
        description =
                "Terminates machines, asks before a disk is really deleted, reports what was done; lets a bulk through.",
        mixinStandardHelpOptions = true)
final class DeletionCommand implements Runnable {

    private static final String JSON = "application/json";
    private static final String JOSE = "application/jose";
    private static final String PATH = "/v1/deletions";
    private static final String BULK_PATH = "/v1/bulk-deletions";
    private static final String ID = "DELETION";

    /** What is not known, in a line for scripts. */
    private static final String NONE = "-";

    /** What a registration calls a machine is somebody else's text: no script splits it in two, or reads more into it. */
    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._:-]*";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "request", description = "Says that a machine is terminated; prints when it is deleted.")
    int request(
            @Mixin Connection connection,
            @Option(names = "--party", defaultValue = "hoster", description = "who says so (default: ${DEFAULT-VALUE})")
                    String party,
            @Option(names = "--cluster", required = true, paramLabel = "NAME") String cluster,
            @Option(names = "--uuid", paramLabel = "UUID") String uuid,
            @Option(names = "--vm", paramLabel = "VM", description = "the hypervisor's own number or name") String vmId,
            @Option(names = "--ref", paramLabel = "REF", description = "the reseller's reference") String vpsRef,
            @Option(names = "--at", paramLabel = "TIME", description = "when, RFC 3339 UTC (default: now)") String at)
            throws IOException, MalformedException, RefusedException {
        Instant now = now();
        SignedDocument document;
        try {
            DeletedAsset asset = new DeletedAsset(
                    cluster, Optional.ofNullable(uuid), Optional.ofNullable(vmId), Optional.ofNullable(vpsRef));
            Instant terminated = at == null ? now : Instant.parse(at).truncatedTo(ChronoUnit.MILLIS);
            document = DeletionRequest.sign(party, asset, terminated, connection.documentKey(), now, salt());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new MalformedException("", String.valueOf(e.getMessage()));
        }
        return post(connection, PATH, JOSE, ascii(document));
    }

    /** For scripts: {@code DELETION CLUSTER UUID VM}, a hyphen for what is not known. */
    @Command(name = "list", description = "Prints those whose disks are to be dealt with, one a line.")
    int list(@Mixin Connection connection) throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            DeletionList list = Connection.read(Connection.granted(channel, Call.get(PATH)), DeletionList.class);
            list.deletions().forEach(each -> line(each.deletionId() + " " + listed(each.asset())));
            return ExitCode.OK;
        }
    }

    /** One line for scripts: {@code ACT ATTEMPT UNTIL CLUSTER UUID VM}; a hyphen for what is not known. */
    @Command(name = "ask", description = "May this disk go now? Prints the answer in one line; exit code 8: not yet.")
    int ask(@Mixin Connection connection, @Parameters(paramLabel = ID) String deletion)
            throws IOException, MalformedException, RefusedException {
        Bytes salt = salt();
        byte[] question = Wire.write(new DeletionQuestion(DeletionQuestion.VERSION, DeletionQuestion.TYPE, salt));
        try (Channel channel = connection.open()) {
            byte[] answer = Connection.granted(
                            channel, Call.post(PATH + "/" + deletion + "/permits", Content.of(JSON, question)))
                    .content()
                    .array();
            DeletionPermit permit = SignedDocument.parse(new String(answer, StandardCharsets.US_ASCII))
                    .read(DeletionPermit.TYPE, DeletionPermit.class);
            if (!permit.question().equals(salt) || !permit.deletionId().equals(deletion)) {
                throw new MalformedException("/question", "an answer to another question");
            }
            line(answer(permit, now()));
            return permit.act() == DeletionPermit.Act.NOT_YET ? ExitCode.PENDING : ExitCode.OK;
        }
    }

    @Command(name = "report", description = "Says what was done under a permit.")
    int report(
            @Mixin Connection connection,
            @Parameters(paramLabel = ID) String deletion,
            @Parameters(paramLabel = "ATTEMPT") int attempt,
            @Parameters(paramLabel = "destroyed|quarantined|failed") DeletionReport.Outcome outcome)
            throws IOException, MalformedException, RefusedException {
        SigningKey key = connection.documentKey();
        DeletionReport report = new DeletionReport(
                DeletionReport.VERSION, DeletionReport.TYPE, deletion, attempt, outcome, now(), salt());
        SignedDocument document = SignedDocument.sign(DeletionReport.TYPE, Wire.write(report), key, now());
        return post(connection, PATH + "/" + deletion + "/reports", JOSE, ascii(document));
    }

    @Command(name = "bulks", description = "Prints what waits for two officers.")
    int bulks(@Mixin Connection connection) throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            print(Connection.granted(channel, Call.get(BULK_PATH)).content().array());
            return ExitCode.OK;
        }
    }

    @Command(name = "let-through", description = "Writes what two officers are to sign for one group as it waits now.")
    int letThrough(
            @Mixin Connection connection,
            @Option(names = "--officers", required = true, split = ",", paramLabel = "NUMBER,NUMBER")
                    List<String> officers,
            @Option(names = "--explanation", required = true, paramLabel = "TEXT") String explanation,
            @Option(names = "--out", required = true, paramLabel = "FILE") Path out,
            @Parameters(paramLabel = "GROUP") String group)
            throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            BulkList list = Connection.read(Connection.granted(channel, Call.get(BULK_PATH)), BulkList.class);
            BulkList.Group waiting = list.groups().stream()
                    .filter(each -> each.group().equals(group))
                    .findFirst()
                    .orElseThrow(() -> new MalformedException("", "nothing of this group waits"));
            JointStatement joint = JointStatement.of(new BulkDeletion(
                    BulkDeletion.VERSION,
                    BulkDeletion.TYPE,
                    group,
                    waiting.deletions(),
                    explanation,
                    officers,
                    now(),
                    salt()));
            Files.write(out, joint.bytes());
            print(joint.statement().array());
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", String.valueOf(e.getMessage()));
        }
    }

    @Command(name = "sign", description = "Adds your signature to the statement; shows what you sign for.")
    int sign(@Mixin Connection connection, @Parameters(paramLabel = "FILE") Path file)
            throws IOException, MalformedException {
        JointStatement joint = JointStatement.parse(Files.readAllBytes(file));
        BulkDeletion said = joint.read(BulkDeletion.class);
        print(joint.statement().array());
        Files.write(file, joint.signedBy(connection.documentKey(), said).bytes());
        return ExitCode.OK;
    }

    @Command(name = "send", description = "Sends the signed statement; prints what still waits.")
    int send(@Mixin Connection connection, @Parameters(paramLabel = "FILE") Path file)
            throws IOException, MalformedException, RefusedException {
        return post(connection, BULK_PATH, JSON, Files.readAllBytes(file));
    }

    private int post(Connection connection, String path, String type, byte[] body)
            throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            print(Connection.granted(channel, Call.post(path, Content.of(type, body)))
                    .content()
                    .array());
            return ExitCode.OK;
        }
    }

    /**
     * What a destroying command is called with is nobody's option, folder or wildcard: whatever does not begin with a letter or
     * a digit is refused, and so is a permit that names no machine or has ended.
     */
    static String answer(DeletionPermit permit, Instant now) throws MalformedException {
        DeletedAsset asset = permit.asset();
        boolean acts = permit.act() != DeletionPermit.Act.NOT_YET;
        if (acts && asset.uuid().isEmpty() && asset.vmId().isEmpty()) {
            throw new MalformedException("/asset", "a permit for no machine");
        }
        if (acts && !now.isBefore(permit.until())) {
            throw new MalformedException("/until", "the permit has ended");
        }
        return permit.act() + " " + permit.attempt() + " " + Wire.text(permit.until()) + " "
                + word("/asset/cluster", Optional.of(asset.cluster())) + " "
                + word("/asset/uuid", asset.uuid()) + " " + word("/asset/vmId", asset.vmId());
    }

    /** A list is to be read whole: what is no word is left out, and asking for it tells why. */
    private static String listed(DeletedAsset asset) {
        return Stream.of(
                        asset.cluster(), asset.uuid().orElse(NONE), asset.vmId().orElse(NONE))
                .map(text -> text.matches(WORD) ? text : NONE)
                .collect(Collectors.joining(" "));
    }

    private static String word(String pointer, Optional<String> text) throws MalformedException {
        if (text.isPresent() && !text.get().matches(WORD)) {
            throw new MalformedException(pointer, "not a word that a command may be called with");
        }
        return text.orElse(NONE);
    }

    private static Bytes salt() {
        return Connection.random(OfficersStatement.SALT_BYTES);
    }

    private static byte[] ascii(SignedDocument document) {
        return document.compact().getBytes(StandardCharsets.US_ASCII);
    }

    private static Instant now() {
        return Connection.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void print(byte[] json) {
        line(new String(json, StandardCharsets.UTF_8));
    }

    private void line(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
