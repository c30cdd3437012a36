package io.sluice.daemon.module;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.daemon.fuzz.FuzzTarget;
import io.sluice.protocol.TransferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A client's arguments as a daemon looks at them: separated by NUL, the secluded ones behind an empty one. */
public final class RequestTargets {
    private RequestTargets() {}

    @SuppressWarnings("exports") // nobody but tests sees it
    public static List<FuzzTarget> all() {
        return List.of(new FuzzTarget(
                "request",
                RequestTargets::request,
                Set.of(),
                Stream.of(
                                "--server\0--sender\0-logDtpre.iLsfxCIvu\0.\0m/a\\ b\0m/c*",
                                "--server\0-slogDtpre.iLsfxCIvu\0\0rsync\0--delete\0.\0m/",
                                "--server\0--files-from=-\0--from0\0--no-such\0-q\0.\0m")
                        .map(text -> text.getBytes(ISO_8859_1))
                        .toList()));
    }

    private static void request(byte[] input) throws TransferException {
        List<byte[]> first = new ArrayList<>();
        List<byte[]> second = new ArrayList<>();
        List<byte[]> into = first;
        int from = 0;
        for (int at = 0; at <= input.length; at++) {
            if (at < input.length && input[at] != 0) {
                continue;
            }
            if (at == from) {
                into = second;
            } else {
                into.add(Arrays.copyOfRange(input, from, at));
            }
            from = at + 1;
        }
        RequestArguments request = new RequestArguments(new Admission.Arguments(first, second));
        request.sending();
        request.readsFilesFrom();
        request.asked();
        request.parseWhatCanBe();
        request.parse(List.of("delete*", "!delete-before"), false);
    }
}
