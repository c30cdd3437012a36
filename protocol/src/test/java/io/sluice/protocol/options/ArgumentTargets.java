package io.sluice.protocol.options;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.protocol.fuzz.FuzzTarget;
import io.sluice.protocol.session.ArgumentStream;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A client's arguments: those of a daemon come before anybody is authenticated. */
public final class ArgumentTargets {
    private ArgumentTargets() {}

    @SuppressWarnings("exports") // nobody but tests sees it
    public static List<FuzzTarget> all() {
        return List.of(new FuzzTarget(
                "arguments",
                ArgumentTargets::read,
                Stream.of(
                                "--server\0-slogDtprze.iLsfxCIvu\0\0rsync\0.\0a/\0\0",
                                "--server\0--sender\0-vlogDtpre.iLsfxCIvu\0-B700\0--timeout=5\0.\0x\\*y/\0z\\\0\0",
                                "--server\0-e.iLsfxCIvu\0--max-size=3.5m+1\0--chmod=Du=rwx,F644,a+X\0"
                                        + "--usermap=*:0,1-5:3\0--groupmap=a*:b\0--iconv=utf8,latin1\0.\0x\0\0",
                                "--server\0--filter=-! x\0--exclude=a b\0--delete\0--backup-dir=b\0--partial-dir=p\0"
                                        + "--temp-dir=t\0--link-dest=../l\0--out-format=%i %n\0--info=all2\0.\0x\0\0",
                                "--server\0--compress-choice=zstd\0--compress-threads=9\0--checksum-choice=md5,sha1\0"
                                        + "--max-alloc=1g\0--skip-compress=a/b/[cd]\0--stop-after=3\0--bwlimit=1.5\0.\0x\0\0")
                        .map(text -> text.getBytes(ISO_8859_1))
                        .toList(),
                2 << 20,
                16 * 1024));
    }

    private static void read(byte[] input) throws IOException {
        List<byte[]> all;
        try (WireInput in = new WireInput(new ByteArrayInputStream(input))) {
            all = new ArrayList<>(ArgumentStream.read(in));
            if (in.available()) {
                all.addAll(ArgumentStream.read(in));
            }
        }
        ServerArguments parsed = ServerArguments.parse(
                all.stream().map(PathQuoting::unquote).toList(), List.of("delete", "b*", "!backup"));
        TransferOptions options = parsed.options();
        ModeChange.parse(options.preservation().chmod());
        options.allowsIncrementalRecursion(Side.SENDER);
        NameConversion.ofSpecification(options.selection().iconv());
        parsed.format();
    }
}
