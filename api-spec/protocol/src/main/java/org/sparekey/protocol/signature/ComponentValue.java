// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.structured.BareItem;
import org.sparekey.protocol.structured.Dictionary;
import org.sparekey.protocol.structured.FieldItem;
import org.sparekey.protocol.structured.FieldList;
import org.sparekey.protocol.structured.Item;
import org.sparekey.protocol.structured.Parameters;

/** The value behind one component identifier (RFC 9421 sections 2.1 to 2.4). */
final class ComponentValue {

    private static final Set<String> FIELD_PARAMETERS = Set.of("sf", "key", "bs", "req", "tr");

    /** The fields whose structured type we know: only these can be covered with {@code sf} (section 2.1.1). */
    private static final Map<String, Kind> STRUCTURED = Map.of(
            "content-digest", Kind.DICTIONARY,
            "repr-digest", Kind.DICTIONARY,
            "signature", Kind.DICTIONARY,
            "signature-input", Kind.DICTIONARY,
            "accept-signature", Kind.DICTIONARY,
            "priority", Kind.DICTIONARY,
            "example-dict", Kind.DICTIONARY,
            "accept-ch", Kind.LIST,
            "idempotency-key", Kind.ITEM);

    private enum Kind {
        DICTIONARY,
        LIST,
        ITEM
    }

    private ComponentValue() {}

    static String of(Item component, Message message) throws MalformedException {
        if (!(component.value() instanceof BareItem.Text name)) {
            throw new MalformedException("", "a component identifier is a string");
        }
        Message context = context(name.value(), component.parameters(), message);
        String value = name.value().startsWith("@")
                ? derived(name.value(), component.parameters(), context)
                : field(name.value(), component.parameters(), context);
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new MalformedException(name.value(), "a component value holds no line break");
        }
        return value;
    }

    /** Section 2.4: {@code req} takes the value from the request that the response answers. */
    private static Message context(String name, Parameters parameters, Message message) throws MalformedException {
        if (!flag(name, parameters, "req")) {
            return message;
        }
        if (message instanceof Message.Response response && response.request().isPresent()) {
            return response.request().get();
        }
        throw new MalformedException(name, "only the response to a known request has components of the request");
    }

    private static String derived(String name, Parameters parameters, Message context) throws MalformedException {
        Set<String> known = name.equals("@query-param") ? Set.of("req", "name") : Set.of("req");
        understood(name, parameters, known);
        if (context instanceof Message.Response response) {
            if (name.equals("@status")) {
                return Integer.toString(response.status());
            }
            throw new MalformedException(name, "a response has no such component");
        }
        return ofRequest(name, parameters, (Message.Request) context);
    }

    private static String ofRequest(String name, Parameters parameters, Message.Request request)
            throws MalformedException {
        TargetUri uri = TargetUri.parse(request.targetUri());
        switch (name) {
            case "@method":
                return request.method();
            case "@target-uri":
                return request.targetUri();
            case "@authority":
                return uri.authority();
            case "@scheme":
                return uri.scheme();
            case "@request-target":
                return uri.requestTarget();
            case "@path":
                return uri.path();
            case "@query":
                return uri.queryComponent();
            case "@query-param":
                return QueryParameter.value(
                        uri,
                        parameters
                                .text("name")
                                .orElseThrow(() -> new MalformedException(name, "the parameter must be named")));
            default:
                throw new MalformedException(name, "a request has no such component");
        }
    }

    private static String field(String name, Parameters parameters, Message context) throws MalformedException {
        understood(name, parameters, FIELD_PARAMETERS);
        Fields fields = flag(name, parameters, "tr") ? context.trailers() : context.headers();
        String value = fields.value(name).orElseThrow(() -> new MalformedException(name, "the field was not sent"));
        boolean binary = flag(name, parameters, "bs");
        boolean strict = flag(name, parameters, "sf");
        boolean member = parameters.get("key").isPresent();
        if (binary && (strict || member)) {
            throw new MalformedException(name, "bs goes with neither sf nor key");
        }
        if (member) {
            return member(name, parameters, value);
        }
        if (binary) {
            return fields.lines(name).stream().map(ComponentValue::wrapped).collect(Collectors.joining(", "));
        }
        return strict ? strict(name, value) : value;
    }

    /** Section 2.1.2. */
    private static String member(String name, Parameters parameters, String value) throws MalformedException {
        String key = parameters.text("key").orElseThrow(() -> new MalformedException(name, "a key is a string"));
        return Dictionary.parse(value)
                .get(key)
                .orElseThrow(() -> new MalformedException(name, "no such member"))
                .write();
    }

    /** Section 2.1.3; a field line is octets, which HTTP libraries hand over as Latin-1. */
    private static String wrapped(String line) {
        return new BareItem.Binary(Bytes.of(line.getBytes(StandardCharsets.ISO_8859_1))).write();
    }

    /** Section 2.1.1. */
    private static String strict(String name, String value) throws MalformedException {
        Kind kind = STRUCTURED.get(name);
        if (kind == null) {
            throw new MalformedException(name, "not known as a structured field");
        }
        return switch (kind) {
            case DICTIONARY -> Dictionary.parse(value).write();
            case LIST -> FieldList.parse(value).write();
            case ITEM -> FieldItem.parse(value).write();
        };
    }

    private static void understood(String name, Parameters parameters, Set<String> known) throws MalformedException {
        if (!known.containsAll(parameters.values().keySet())) {
            throw new MalformedException(name, "a parameter of the component is not understood");
        }
    }

    private static boolean flag(String name, Parameters parameters, String key) throws MalformedException {
        BareItem value = parameters.values().get(key);
        if (value != null && !value.equals(BareItem.Flag.TRUE)) {
            throw new MalformedException(name, key + " is a flag");
        }
        return value != null;
    }
}
