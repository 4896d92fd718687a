// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.client.ResellerClient;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Everything the hoster holds about this reseller, from the hoster himself. */
@NullUnmarked
@Command(
        name = "what-they-see",
        description = "Shows everything the hoster holds about you.",
        mixinStandardHelpOptions = true)
final class WhatTheySeeCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private Place place;

    @Mixin
    private Printing printing;

    @Option(
            names = "--reconciliation",
            description = "how the hoster's listings agree with what you registered, and his signed coverage of you")
    private boolean reconciliation;

    @Option(names = "--dump", paramLabel = "FILE", description = "all of it into a file, one JSON object a line")
    private Path dump;

    WhatTheySeeCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, MalformedException {
        try (ResellerClient client = place.client(around)) {
            if (dump != null) {
                client.dump(dump);
                return printing.print(new Report.Writing("what-they-see")
                        .line("all that is held about you is in " + dump)
                        .done());
            }
            String view = reconciliation ? client.reconciliation() : client.view();
            List<String> words = new ArrayList<>();
            words("", Wire.tree(view.getBytes(StandardCharsets.UTF_8)), words);
            printing.print(view, words);
        }
        return ExitCode.OK;
    }

    /** Every field, one a line, whatever the gateway's version put there: nothing is left out as unimportant. */
    private static void words(String path, JsonNode node, List<String> words) {
        if (node.isObject()) {
            String under = path.isEmpty() ? "" : path + ".";
            node.properties().forEach(property -> words(under + property.getKey(), property.getValue(), words));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                words(path + "[" + i + "]", node.get(i), words);
            }
        } else {
            words.add(path + " = " + node.asString());
        }
    }
}
