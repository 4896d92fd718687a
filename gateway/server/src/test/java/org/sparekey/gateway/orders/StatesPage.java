// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** {@code docs/order-states.md}, made from the code. {@code main} writes it; a test holds it equal. */
final class StatesPage {

    private static final String HEAD = """
            # The states of an order

            Made from the code by `StatesPage`; `StatesPageTest` fails where the two differ. Every transition that is not here is illegal, and
            its attempt is an entry in the log (`order.illegal`). A terminal state releases its hold.

            """;

    private StatesPage() {}

    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), text());
    }

    static String text() {
        return HEAD + diagram() + acts() + table();
    }

    private static String diagram() {
        Map<String, List<String>> arrows = new LinkedHashMap<>();
        each((state, event, to) -> {
            List<String> causes =
                    arrows.computeIfAbsent(node(state.word()) + " --> " + node(to.word()), _ -> new ArrayList<>());
            String cause = event.getClass().getSimpleName();
            if (!causes.contains(cause)) {
                causes.add(cause);
            }
        });
        String ends = EveryOrder.STATES.stream()
                .filter(OrderState::terminal)
                .map(state -> "    " + node(state.word()) + " --> [*]\n")
                .collect(Collectors.joining());
        return "```mermaid\nstateDiagram-v2\n"
                + List.of("received", "refused", "held", "oral", "applied").stream()
                        .map(first -> "    [*] --> " + first + "\n")
                        .collect(Collectors.joining())
                + arrows.entrySet().stream()
                        .map(arrow -> "    " + arrow.getKey() + ": " + String.join(", ", arrow.getValue()) + "\n")
                        .collect(Collectors.joining())
                + ends
                + "```\n\n";
    }

    private static String acts() {
        StringBuilder acts = new StringBuilder("## By whose act\n\n| event | who |\n|---|---|\n");
        Map<String, String> rows = new LinkedHashMap<>();
        EveryOrder.EVENTS.forEach(
                event -> rows.put(event.getClass().getSimpleName(), String.join(", ", OrderActors.of(event))));
        rows.forEach((event, who) ->
                acts.append("| ").append(event).append(" | ").append(who).append(" |\n"));
        return acts.append('\n').toString();
    }

    private static String table() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        EveryOrder.STATES.forEach(state -> rows.put(EveryOrder.word(state), new ArrayList<>()));
        each((state, event, to) -> Objects.requireNonNull(rows.get(EveryOrder.word(state)))
                .add(EveryOrder.word(event) + " → " + EveryOrder.word(to)));
        StringBuilder table = new StringBuilder("## What may follow\n\n| state | event → next state |\n|---|---|\n");
        rows.forEach((state, next) -> table.append("| ")
                .append(state)
                .append(" | ")
                .append(next.isEmpty() ? "nothing: it ends here" : String.join("<br>", next))
                .append(" |\n"));
        return table.toString();
    }

    private interface Arrow {
        void of(OrderState state, OrderEvent event, OrderState to);
    }

    private static void each(Arrow arrow) {
        for (OrderState state : EveryOrder.STATES) {
            for (OrderEvent event : EveryOrder.EVENTS) {
                if (OrderTransitions.decide(state, event) instanceof Decision.Move(OrderState to, OrderStatement _)) {
                    arrow.of(state, event, to);
                }
            }
        }
    }

    /** Mermaid takes no hyphen in a name. */
    private static String node(String word) {
        return word.replace('-', '_');
    }
}
