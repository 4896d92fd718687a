// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sparekey.testkit.Database;

/** Looks for plaintexts, in every spelling they may have been written in, in all that a gateway leaves anywhere. */
final class Dump {

    private static final Pattern WRAPPED = Pattern.compile("[A-Za-z0-9+/_-]{24,}");
    private static final int DEEPEST = 4;

    private final Map<String, String> spellings = new TreeMap<>();

    /** @param plaintext long enough not to be found by chance */
    void lookFor(String label, String plaintext) {
        byte[] bytes = plaintext.getBytes(StandardCharsets.UTF_8);
        spellings.put(plaintext, label);
        spellings.put(HexFormat.of().formatHex(bytes), label);
        spellings.put(HexFormat.of().withUpperCase().formatHex(bytes), label);
        for (int shift = 0; shift < 3; shift++) {
            spellings.put(inside(Base64.getEncoder(), bytes, shift), label);
            spellings.put(inside(Base64.getUrlEncoder(), bytes, shift), label);
        }
    }

    /** As it stands in the middle of something longer, such as a JWS: without the characters that its neighbours share. */
    private static String inside(Base64.Encoder encoder, byte[] bytes, int shift) {
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String all = encoder.withoutPadding().encodeToString(shifted);
        int whole = shifted.length / 3 * 4;
        return all.substring(shift == 0 ? 0 : 4, whole);
    }

    /** Also inside what is wrapped once more, as an order is in the ticket that rests on it. */
    Set<String> in(byte[] bytes) {
        Set<String> found = new TreeSet<>();
        look(new String(bytes, StandardCharsets.ISO_8859_1), found, 0);
        return found;
    }

    private void look(String text, Set<String> found, int depth) {
        spellings.forEach((spelling, label) -> {
            if (text.contains(spelling)) {
                found.add(label);
            }
        });
        Matcher wrapped = WRAPPED.matcher(text);
        while (depth < DEEPEST && wrapped.find()) {
            byte[] inner = decoded(wrapped.group());
            look(new String(inner, StandardCharsets.ISO_8859_1), found, depth + 1);
        }
    }

    private static byte[] decoded(String base64) {
        String url = base64.replace('+', '-').replace('/', '_');
        return Base64.getUrlDecoder().decode(url.length() % 4 == 1 ? url.substring(1) : url);
    }

    Set<String> in(List<byte[]> all) {
        Set<String> found = new TreeSet<>();
        all.forEach(bytes -> found.addAll(in(bytes)));
        return found;
    }

    /** Every column of every table in which something stands, and what. */
    Map<String, Set<String>> in(Database.Access database) throws SQLException {
        Map<String, Set<String>> found = new TreeMap<>();
        try (Connection connection = database.connect(database.superuser());
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
                    read(table, rows, found);
                }
            }
        }
        return found;
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("""
                SELECT table_name FROM information_schema.tables
                WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name
                """)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    /** Binary columns as the bytes they hold and, like all others, as a dump writes them. */
    private void read(String table, ResultSet rows, Map<String, Set<String>> found) throws SQLException {
        while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                String text = rows.getString(column);
                if (text == null) {
                    continue;
                }
                Set<String> here = new TreeSet<>(in(text.getBytes(StandardCharsets.UTF_8)));
                if (rows.getMetaData().getColumnTypeName(column).equals("bytea")) {
                    here.addAll(in(rows.getBytes(column)));
                }
                if (!here.isEmpty()) {
                    found.computeIfAbsent(table + "." + rows.getMetaData().getColumnName(column), _ -> new TreeSet<>())
                            .addAll(here);
                }
            }
        }
    }

    /** Every file under a directory in which something stands, and what. */
    Map<String, Set<String>> in(Path directory) throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                Set<String> here = in(bytes(file));
                if (!here.isEmpty()) {
                    found.put(directory.relativize(file).toString(), here);
                }
            });
        }
        return found;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
