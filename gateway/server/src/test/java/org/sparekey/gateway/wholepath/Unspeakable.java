// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.PartyList;
import org.sparekey.protocol.party.ResellerEntry;
import org.sparekey.testkit.Database;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.World;

/**
 * What a run knows and no log line and no URL may say: names, addresses, references, secrets, keys, tokens and salts, bytes
 * in every spelling they are usually printed in. Taken from the run itself.
 */
final class Unspeakable {

    /** Shorter ones would be found by chance. */
    private static final int SHORTEST = 6;

    private final Map<String, String> words = new TreeMap<>();

    /** @param text what must not be said */
    void add(String label, String text) {
        if (text.length() < SHORTEST) {
            throw new IllegalArgumentException(label + " is too short to be looked for");
        }
        words.put(text, label);
    }

    void add(String label, byte[] bytes) {
        add(label + " (base64)", Base64.getEncoder().withoutPadding().encodeToString(bytes));
        add(label + " (base64url)", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        add(label + " (hex)", HexFormat.of().formatHex(bytes));
        add(label + " (HEX)", HexFormat.of().withUpperCase().formatHex(bytes));
        add(label + " (array)", Arrays.toString(bytes));
    }

    void add(OrderDocument order) {
        add("case number", order.caseRef());
        add("salt of an order", order.salt());
        order.validator().ifPresent(validator -> add("the judge's reference", validator.reference()));
    }

    void add(World world) throws IOException {
        add(world.parties().list());
        for (Actor actor : world.cast().everybody()) {
            for (SigningKey key : List.of(actor.tls(), actor.message(), actor.document())) {
                add(actor.party() + " " + actor.person(), key);
            }
        }
        for (SigningKey key : List.of(
                world.cast().caseTeam(),
                world.cast().recovery(),
                world.gatewayMessage(),
                world.gatewayStatement(),
                world.gatewayManifest(),
                world.gatewayLog("case"),
                world.gatewayLog("registry"))) {
            add("a key", key);
        }
        try (Stream<Path> files = Files.walk(world.directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                switch (Objects.toString(file.getFileName())) {
                    case "passphrase" ->
                        add("pass phrase " + file, Files.readString(file).strip());
                    case "secret" -> add("a reseller's secret", Files.readAllBytes(file));
                    default -> {}
                }
            }
        }
    }

    /** Every salt of the log, and the salt of every registered line. */
    void addSalts(Database.Access database) throws SQLException {
        try (Connection connection = database.connect(database.superuser());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT salt FROM auditlog_payload")) {
            while (rows.next()) {
                add("salt of an entry", rows.getBytes(1));
            }
        }
    }

    int size() {
        return words.size();
    }

    /** One sentence for each thing said, without the thing itself. */
    List<String> saidIn(List<String> texts) {
        return texts.stream()
                .flatMap(text -> words.keySet().stream()
                        .filter(text::contains)
                        .map(word -> words.get(word) + " is said: " + text.replace(word, "[here]")))
                .toList();
    }

    private void add(String label, Bytes bytes) {
        add(label, bytes.array());
    }

    private void add(String label, SigningKey key) {
        PrivateKey secret = key.privateKeyForTls();
        add("private key of " + label, secret.getEncoded());
        if (secret instanceof ECPrivateKey ec) {
            add("scalar of " + label, unsigned(ec.getS()));
            add("scalar of " + label + " (decimal)", ec.getS().toString());
        }
    }

    private void add(PartyList list) {
        add("salt of the list", list.salt());
        for (AuthorityEntry authority : list.authorities()) {
            add("name of an authority", authority.name());
            add("call-back number", authority.callbackNumber());
        }
        for (ResellerEntry reseller : list.resellers()) {
            add("name of a reseller", reseller.legalName());
            add("register number", reseller.registerNumber());
            add("seat", reseller.seat());
            reseller.euRepresentative().ifPresent(name -> add("representative", name));
            reseller.contacts().forEach(contact -> add("contact", contact));
        }
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
