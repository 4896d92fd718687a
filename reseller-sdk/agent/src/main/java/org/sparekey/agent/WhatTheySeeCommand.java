// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.client.ResellerClient;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Everything the hoster holds about this reseller, from the hoster himself. */
@NullUnmarked
@Command(
        name = "what-they-see",
        description = "Shows everything the hoster holds about you.",
        mixinStandardHelpOptions = true)
final class WhatTheySeeCommand implements Callable<Integer> {

    private final Surroundings around;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place;

    @Option(names = "--json", description = "print it as it came, one JSON object")
    private boolean json;

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
            } else {
                print(reconciliation ? client.reconciliation() : client.view());
            }
        }
        return ExitCode.OK;
    }

    private void print(String view) throws MalformedException {
        if (json) {
            spec.commandLine().getOut().println(view);
        } else {
            words("", Wire.tree(view.getBytes(StandardCharsets.UTF_8)));
        }
        spec.commandLine().getOut().flush();
    }

    /** Every field, one a line, whatever the gateway's version put there: nothing is left out as unimportant. */
    private void words(String path, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(property -> words(
                            path.isEmpty() ? property.getKey() : path + "." + property.getKey(), property.getValue()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                words(path + "[" + i + "]", node.get(i));
            }
        } else {
            spec.commandLine().getOut().println(path + " = " + node.asString());
        }
    }
}
