package io.sluice.client.command;

import io.sluice.client.Version;
import io.sluice.protocol.delta.Tokens;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.DigestType;
import io.sluice.protocol.session.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code --version} says, as text or, asked for twice, as JSON. Both have the shape of rsync's, which scripts look into: the word {@code rsync}, the
 * protocol, and what this program can do.
 */
public final class VersionText {
    private static final int WIDTH = 80;

    /** A fact in either shape: a name, and a number, a word, or whether it is so. */
    private record Fact(String json, String text, Object value) {}

    private static final List<Fact> CAPABILITIES = List.of(
            new Fact("file_bits", "64-bit files", 64),
            new Fact("inum_bits", "64-bit inums", 64),
            new Fact("timestamp_bits", "64-bit timestamps", 64),
            new Fact("long_int_bits", "64-bit long ints", 64),
            new Fact("socketpairs", "socketpairs", true),
            new Fact("symlinks", "symlinks", true),
            new Fact("symtimes", "symtimes", true),
            new Fact("hardlinks", "hardlinks", true),
            new Fact("hardlink_specials", "hardlink-specials", true),
            new Fact("hardlink_symlinks", "hardlink-symlinks", true),
            new Fact("IPv6", "IPv6", true),
            new Fact("atimes", "atimes", true),
            new Fact("batchfiles", "batchfiles", true),
            new Fact("inplace", "inplace", true),
            new Fact("append", "append", true),
            new Fact("ACLs", "ACLs", true),
            new Fact("ACL_at", "ACL-at", true),
            new Fact("xattrs", "xattrs", true),
            new Fact("secluded_args", "optional secluded-args", "optional"),
            new Fact("iconv", "iconv", true),
            new Fact("prealloc", "prealloc", true),
            new Fact("stop_at", "stop-at", true),
            new Fact("crtimes", "crtimes", false));

    private static final List<Fact> OPTIMIZATIONS = List.of(
            new Fact("SIMD_roll", "SIMD-roll", true),
            new Fact("asm_roll", "asm-roll", false),
            new Fact("openssl_crypto", "openssl-crypto", false),
            new Fact("asm_MD5", "asm-MD5", false));

    private VersionText() {}

    /** The lines that {@code --help} begins with, too. */
    static String head() {
        return "rsync  version " + Version.TEXT + "  protocol version " + ProtocolVersion.NEWEST.number() + "\n"
                + "Sluice: an independent implementation of rsync in Java, Apache License 2.0.\n"
                + "Capabilities:\n" + texts(CAPABILITIES)
                + "Optimizations:\n" + texts(OPTIMIZATIONS)
                + "Checksum list:\n    " + String.join(" ", checksums()) + "\n"
                + "Compress list:\n    " + String.join(" ", compressions()) + "\n"
                + "Daemon auth list:\n    " + String.join(" ", digests()) + "\n";
    }

    /** The text of {@code --version}. */
    public static String text() {
        return head() + "\nSluice comes without any warranty. See its licence.\n";
    }

    /** The text of {@code -VV}. */
    public static String json() {
        return "{\n"
                + "  \"program\": \"rsync\",\n"
                + "  \"version\": \"" + Version.TEXT + "\",\n"
                + "  \"protocol\": \"" + ProtocolVersion.NEWEST.number() + ".0\",\n"
                + "  \"copyright\": \"the authors of Sluice\",\n"
                + "  \"url\": \"\",\n"
                + "  \"capabilities\": {\n" + values(CAPABILITIES) + "  },\n"
                + "  \"optimizations\": {\n" + values(OPTIMIZATIONS) + "  },\n"
                + "  \"checksum_list\": [\n    " + quoted(checksums()) + "\n  ],\n"
                + "  \"compress_list\": [\n    " + quoted(compressions()) + "\n  ],\n"
                + "  \"daemon_auth_list\": [\n    " + quoted(digests()) + "\n  ],\n"
                + "  \"license\": \"Apache-2.0\",\n"
                + "  \"caveat\": \"Sluice comes without any warranty\"\n"
                + "}\n";
    }

    private static List<String> checksums() {
        List<String> names = new ArrayList<>();
        for (ChecksumType type : ChecksumType.named()) {
            names.add(type.wireName());
        }
        return names;
    }

    /** As far as their libraries are there. */
    private static List<String> compressions() {
        List<String> names = new ArrayList<>();
        for (CompressionType type : CompressionType.values()) {
            if (type == CompressionType.NONE || Tokens.shipped(type)) {
                names.add(type.wireName());
            }
        }
        return names;
    }

    private static List<String> digests() {
        List<String> names = new ArrayList<>();
        for (DigestType type : DigestType.named()) {
            names.add(type.wireName());
        }
        return names;
    }

    private static String quoted(List<String> names) {
        return "\"" + String.join("\", \"", names) + "\"";
    }

    private static String texts(List<Fact> facts) {
        List<String> words = new ArrayList<>();
        for (Fact fact : facts) {
            words.add((fact.value().equals(false) ? "no " : "") + fact.text());
        }
        return wrapped(words);
    }

    private static String values(List<Fact> facts) {
        List<String> words = new ArrayList<>();
        for (Fact fact : facts) {
            String value = fact.value() instanceof String text ? "\"" + text + "\"" : String.valueOf(fact.value());
            words.add("\"" + fact.json() + "\": " + value);
        }
        return wrapped(words);
    }

    private static String wrapped(List<String> words) {
        StringBuilder all = new StringBuilder();
        StringBuilder line = new StringBuilder("   ");
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i) + (i + 1 < words.size() ? "," : "");
            if (line.length() + 1 + word.length() >= WIDTH) {
                all.append(line).append('\n');
                line.setLength(3);
            }
            line.append(' ').append(word);
        }
        return all.append(line).append('\n').toString();
    }
}
